import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { MIGRATIONS, VERSION_SQL } from './migrations.ts';
import { inPowersOfTwo, putRecords, SQL, SWEEPS, sizesOf } from './sql.ts';
import { isAllowed, isAllowedInRequest, isAllowedInStep, isAllowedInSweep } from './sqlRules.ts';

const { create, ...version } = VERSION_SQL;

test('asks nothing that only one database understands', () => {
  const request = [
    ...Object.values(SQL),
    ...Object.values(version),
    sizesOf(128),
    sizesOf(1),
    putRecords(128),
  ];
  expect(request.filter((sql) => !isAllowedInRequest(sql))).toEqual([]);
  expect(Object.values(SWEEPS).filter((sql) => !isAllowedInSweep(sql))).toEqual([]);
  expect([create, ...MIGRATIONS.flat()].filter((sql) => !isAllowedInStep(sql))).toEqual([]);
});

test('would see what is not allowed', () => {
  const refused = [
    'SELECT * FROM account WHERE aid = ?',
    'SELECT aid FROM account, record WHERE aid = ?',
    'SELECT now() FROM account WHERE aid = ?',
    'SELECT seq FROM record WHERE aid = ? FOR SHARE',
    'UPDATE account SET head = head + 1 WHERE aid = ?',
    'UPDATE account SET head = ? WHERE made_day = ?',
    'UPDATE cred SET ring = ? WHERE aid = ?',
    'INSERT INTO record (rid, aid) VALUES (?, ?)',
    'INSERT INTO account (aid) VALUES (?) RETURNING head',
    'CREATE TABLE more (id serial NOT NULL, PRIMARY KEY (id))',
    'CREATE TABLE more (aid bytea NOT NULL REFERENCES account, PRIMARY KEY (aid))',
    'CREATE TRIGGER t AFTER INSERT ON record EXECUTE FUNCTION f()',
    'SELECT pg_advisory_lock(1)',
    'LISTEN heads',
  ];
  expect(refused.filter(isAllowed)).toEqual([]);
});

test('has all statements where the rules look', () => {
  const folder = fileURLToPath(new URL('.', import.meta.url));
  const elsewhere = readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !/test|^sql(Rules)?\.ts$|^migrations\.ts$/i.test(name))
    .filter((name) =>
      /['"`](SELECT|INSERT INTO|UPDATE|DELETE FROM|(CREATE|DROP|ALTER) [A-Z]+) \w/.test(
        readFileSync(folder + name, 'utf8'),
      ),
    );
  expect(elsewhere).toEqual([]);
});

test('cuts a list into few pieces of few sizes, and loses nothing', () => {
  for (const length of [0, 1, 2, 3, 127, 128, 129, 200]) {
    const items = Array.from({ length }, (_, index) => index);
    const pieces = inPowersOfTwo(items);
    expect(pieces.flat()).toEqual(items);
    expect(pieces.length).toBeLessThanOrEqual(8);
    expect(pieces.every((piece) => Number.isInteger(Math.log2(piece.length)))).toBe(true);
  }
});
