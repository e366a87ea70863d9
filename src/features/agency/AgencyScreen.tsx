export function AgencyScreen(_: Record<string, unknown>) {
  return null;
}
