/** The first release whose own SQLite can also make backups. */
const OLDEST = [22, 16] as const;

/** One line for the operator when this Node is too old, else `null`. */
export function checkNode(version: string): string | null {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldMajor, oldMinor] = OLDEST;
  return major > oldMajor || (major === oldMajor && minor >= oldMinor)
    ? null
    : `Mitra needs Node ${oldMajor}.${oldMinor} or newer; this is ${version}. Get one from https://nodejs.org`;
}
