import dns from 'node:dns';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createPostgresStore } from './postgres.ts';

test('a server with two addresses that cannot be reached is said with what each of them answered', async () => {
  const both = [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ];
  const lookup = vi
    .spyOn(dns, 'lookup')
    .mockImplementation(((_name: string, _options: object, then: (...answer: unknown[]) => void) =>
      then(null, both)) as never);
  onTestFinished(() => lookup.mockRestore());
  await expect(createPostgresStore({ url: 'postgres://mitra:secret-word@two.test:1/mitra' })).rejects.toThrow(
    /^PostgreSQL cannot be reached: Error: connect E\w+ 127\.0\.0\.1:1.*, Error: connect E\w+ ::1:1/,
  );
});
