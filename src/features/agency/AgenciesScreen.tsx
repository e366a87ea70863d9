export function AgenciesScreen(_: Record<string, unknown>) {
  return null;
}
