/// <reference types="vite/client" />

declare const __APP_VERSION__: string;

/** Not in TypeScript's DOM library yet: the page's policy asks for it (docs/decisions/0006-content-security-policy.md). */
interface Window {
  readonly trustedTypes?: {
    createPolicy(
      name: string,
      rules: { createScriptURL: (url: string) => string },
    ): { createScriptURL(url: string): unknown };
  };
}
