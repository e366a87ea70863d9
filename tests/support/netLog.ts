import { readFile } from 'node:fs/promises';

/*
 * What Chromium's network stack did, from its own log (`--log-net-log`, docs/sync-design.md §14): it also has what pages,
 * workers and sockets do behind Playwright's back.
 */

export interface NetRequest {
  readonly url: string;
  readonly method: string;
  readonly hasBody: boolean;
}

export interface NetLog {
  /** Requests made for the app: from a page or worker of its origin, or to its host. */
  readonly requests: readonly NetRequest[];
  /** Requests of the browser itself, such as its search for updates. */
  readonly browserRequests: readonly string[];
  /** Names that were looked up for anything but a request of the browser itself. */
  readonly names: readonly string[];
  /** Ports of TCP connections. The browser's own go to 443. */
  readonly ports: readonly number[];
  /** UDP sockets that are open to anybody, as WebRTC uses them, or reach something else than a name server. */
  readonly openSockets: readonly string[];
  readonly webSockets: readonly string[];
}

interface NetEvent {
  readonly type: number;
  readonly source: { readonly id: number; readonly type: number };
  readonly params?: Readonly<Record<string, unknown>>;
}

interface NetFile {
  readonly constants: {
    readonly logEventTypes: Readonly<Record<string, number>>;
    readonly logSourceType: Readonly<Record<string, number>>;
  };
  readonly events: readonly NetEvent[];
}

/** The flags that make Chromium write `file`. It is complete only after the browser has ended. */
export function netLogFlags(file: string): string[] {
  return [`--log-net-log=${file}`, '--net-log-capture-mode=Everything'];
}

export async function readNetLog(file: string, origin: string): Promise<NetLog> {
  const { constants, events } = JSON.parse(await readFile(file, 'utf8')) as NetFile;
  const typeOf = (name: string): number => numberOf(constants.logEventTypes, name);
  const eventsOf = (name: string) => events.filter(({ type }) => type === typeOf(name));
  const paramsOf = (name: string, param: string): string[] =>
    eventsOf(name).flatMap(({ params }) => (params && param in params ? [String(params[param])] : []));

  const own = new Map<number, NetRequest>();
  const browserRequests: string[] = [];
  for (const { source, params } of eventsOf('URL_REQUEST_START_JOB')) {
    // The end of a request has other parameters, or none.
    if (!params || !('url' in params)) continue;
    const url = String(params['url']);
    // Whatever a page, frame or worker asks for carries its origin as initiator. What the browser wants for itself has none:
    // its search for updates and, in Chromium, a question to its maker about the shape of a form (for autofill).
    const isOwn = params['initiator'] !== 'not an origin' || new URL(url).host === new URL(origin).host;
    if (!isOwn) {
      browserRequests.push(url);
      continue;
    }
    const before = own.get(source.id);
    own.set(source.id, {
      url,
      method: String(params['method']),
      // "-1" or nothing when there is no body.
      hasBody: before?.hasBody === true || Number(params['upload_id'] ?? -1) >= 0,
    });
  }
  for (const name of ['UPLOAD_DATA_STREAM_INIT', 'HTTP_TRANSACTION_SEND_REQUEST_BODY']) {
    for (const { source } of eventsOf(name)) {
      const request = own.get(source.id);
      if (request) own.set(source.id, { ...request, hasBody: true });
    }
  }

  const askedByBrowser = new Set(browserRequests.map((url) => new URL(url).hostname));
  const names = [
    ...paramsOf('HOST_RESOLVER_MANAGER_REQUEST', 'host'),
    ...paramsOf('HOST_RESOLVER_MANAGER_JOB', 'host'),
    ...paramsOf('DNS_TRANSACTION', 'hostname'),
  ].map(hostOf);

  const udp = numberOf(constants.logSourceType, 'UDP_SOCKET');
  const reached = new Map<number, string>();
  for (const { source, params } of eventsOf('UDP_CONNECT')) {
    if (params) reached.set(source.id, String(params['address']));
  }
  const sockets = new Set(events.filter(({ source }) => source.type === udp).map(({ source }) => source.id));
  const openSockets = [...sockets]
    .map((id) => reached.get(id) ?? 'nobody in particular')
    .filter((address) => !address.endsWith(':53') && address !== IPV6_PROBE);

  return {
    requests: [...own.values()],
    browserRequests,
    names: [...new Set(names)].filter((name) => !askedByBrowser.has(name)),
    ports: [
      ...new Set(
        paramsOf('TCP_CONNECT_ATTEMPT', 'address').map((address) => Number(/\d+$/.exec(address)?.[0])),
      ),
    ],
    openSockets,
    webSockets: events
      .filter(({ source }) => source.type === numberOf(constants.logSourceType, 'WEBSOCKET_CHANNEL'))
      .map(({ source }) => String(source.id)),
  };
}

/** Chromium asks the system for a way to this address to see whether there is IPv6. Nothing is sent. */
const IPV6_PROBE = '[2001:4860:4860::8888]:443';

/** Throws when this Chromium calls it otherwise: then nothing would be found, and the test would prove nothing. */
function numberOf(names: Readonly<Record<string, number>>, name: string): number {
  const number = names[name];
  if (number === undefined) throw new Error(`The network log has no ${name}.`);
  return number;
}

function hostOf(text: string): string {
  return text.includes('://') ? new URL(text).hostname : text.replace(/:\d+$/, '');
}
