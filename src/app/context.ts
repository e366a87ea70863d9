import { createContext, useContext } from 'react';
import type { ContentStore } from '#content/store.ts';
import type { OfflineState } from './offline.ts';
import type { ReferenceFile } from './useReference.ts';

/** What `main` builds and hands down. */
export interface AppServices {
  content: ContentStore;
  now: () => number;
  offline: OfflineState;
  /** The file of an entry, card or search, where a page opens with one of them. */
  reference?: ReferenceFile | null;
}

const Context = createContext<AppServices | null>(null);

export const AppServicesProvider = Context.Provider;

export function useServices(): AppServices {
  const services = useContext(Context);
  if (!services) throw new Error('AppServicesProvider is missing.');
  return services;
}
