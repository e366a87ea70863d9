import { expect, test } from 'vitest';
import { INDEX_ADDRESS } from './fileIndex.ts';
import { createContentStore } from './store.ts';

/** A server that notes what it is asked for, and a store that asks it. */
function aServer() {
  const server = { asked: [] as string[], isDown: false, countries: ['kr'] };
  const answer = (url: string): unknown => {
    const [name = '', country = ''] = url.slice('/packs/'.length, -'.json'.length).split('-');
    if (url !== INDEX_ADDRESS) return name === 'km' ? { language: name, country, contacts: [] } : [];
    const list = (kind: string, key: (country: string) => string) =>
      Object.fromEntries(server.countries.map((code) => [key(code), `/packs/${kind}-${code}.json`]));
    const none = { search: {}, words: {}, pages: {} };
    return { packs: list('km', (code) => `km-${code}`), sources: list('sources', (code) => code), ...none };
  };
  const fetchFile = (url: string): Promise<Response> => {
    server.asked.push(url);
    if (server.isDown) return Promise.reject(new TypeError('Failed to fetch'));
    return Promise.resolve(Response.json(answer(url)));
  };
  return { server, content: createContentStore({ fetchFile }) };
}

test('asks for each file once when the app starts without knowing any address', async () => {
  const { server, content } = aServer();
  expect((await content.load('km', 'kr')).ok).toBe(true);
  expect(server.asked).toEqual([INDEX_ADDRESS, '/packs/km-kr.json', '/packs/sources-kr.json']);
});

test('asks again after the network was gone', async () => {
  const { server, content } = aServer();
  server.isDown = true;
  expect(await content.load('km', 'kr')).toEqual({ ok: false, error: { type: 'ContentMissing' } });
  server.isDown = false;
  expect((await content.load('km', 'kr')).ok).toBe(true);
  expect(server.asked.filter((url) => url === INDEX_ADDRESS)).toHaveLength(2);
});

test('opens what came to the server while the app was open', async () => {
  const { server, content } = aServer();
  expect((await content.load('km', 'kr')).ok).toBe(true);
  expect((await content.load('km', 'th')).ok).toBe(false);
  server.countries.push('th');
  expect((await content.load('km', 'th')).ok).toBe(true);
});
