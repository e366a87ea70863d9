export function ContractScreen(_: Record<string, unknown>) {
  return null;
}
