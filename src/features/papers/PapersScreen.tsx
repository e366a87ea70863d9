export function PapersScreen(_: Record<string, unknown>) {
  return null;
}
