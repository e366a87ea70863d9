import { createContext, useContext } from 'react';
import type { ContentStore } from '#content/store.ts';
import type { OfflineState } from './offline.ts';

/** What `main` builds and hands down. */
export interface AppServices {
  content: ContentStore;
  now: () => number;
  offline: OfflineState;
}

const Context = createContext<AppServices | null>(null);

export const AppServicesProvider = Context.Provider;

export function useServices(): AppServices {
  const services = useContext(Context);
  if (!services) throw new Error('AppServicesProvider is missing.');
  return services;
}
