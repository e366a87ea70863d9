import { describe, expect, test } from 'vitest';
import { fileURLToPath } from 'node:url';
import { toDialable } from '#i18n/format.ts';
import { buildContent } from '#tools/content/build.ts';
import { loadContent } from '#tools/content/load.ts';
import researched from './researched-numbers.json' with { type: 'json' };

/*
 * researched-numbers.json holds every number of the research of 2026-11-21, copied by a script from the
 * research records and not from content/: it is what the shipped numbers are held against, digit for digit.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const { content } = loadContent(root);
const { packs } = buildContent(root, '2026-11-21');

/** Not shipped although the research shows them: their only source has no address (docs/decisions/0007). */
const WITHOUT_ADDRESS = ['kh/kh-mlvt-migrant-lines', 'kh/kh-mlvt-office'];

const digits = (number: string): string => number.replace(/\D/g, '');
const shippable = researched.filter(
  ({ country, id, show }) => show !== 'no' && !WITHOUT_ADDRESS.includes(`${country}/${id}`),
);

describe('the numbers a worker calls', () => {
  test.each(shippable.map((record) => [`${record.country}/${record.id}`, record] as const))(
    '%s has exactly the researched numbers',
    (_name, record) => {
      const entry = content.contacts.find(
        ({ country, id }) => country === record.country && id === record.id,
      );
      expect(entry, 'the contact has a file').toBeDefined();
      const wanted = record.phones
        .filter(({ show }) => show !== 'no')
        .map(({ number, show }) => `${digits(number)} ${show}`);
      const shipped = entry?.data.phones.map(({ number, show }) => `${digits(number)} ${show}`) ?? [];
      expect(shipped.sort()).toEqual(wanted.sort());
      expect(entry?.data.show).toBe(record.show);
    },
  );

  test('no contact is shipped that the research does not have', () => {
    const known = new Set(shippable.map(({ country, id }) => `${country}/${id}`));
    const shipped = content.contacts.map(({ country, id }) => `${country}/${id}`);
    expect(shipped.filter((id) => !known.has(id))).toEqual([]);
  });

  test('a number the research refused stands in no pack', () => {
    const shown = new Set(shippable.flatMap(({ phones }) => phones.map(({ number }) => digits(number))));
    const refused = researched
      .flatMap(({ phones }) => phones)
      .filter(({ show, number }) => show === 'no' && !shown.has(digits(number)));
    expect(refused.length).toBeGreaterThan(0);
    for (const { json } of packs)
      for (const { number } of refused) {
        const pattern = digits(number).split('').join('[ -]?');
        // A year or an amount may hold the same few digits; a phone number of six or more cannot.
        if (digits(number).length >= 6) expect(json).not.toMatch(new RegExp(`(?<!\\d)0?${pattern}(?!\\d)`));
      }
  });

  test('Cambodian lines are dialled with +855 from abroad, and short codes are not dialled there', () => {
    for (const { pack } of packs.filter(({ pack }) => pack.country !== 'kh')) {
      for (const contact of pack.homeContacts)
        for (const phone of contact.phones) {
          if (phone.dial === null) expect(digits(phone.display).length).toBeLessThanOrEqual(4);
          else expect(phone.dial).toMatch(/^\+855\d{8,9}$/);
        }
      for (const phone of pack.contacts.flatMap((contact) => contact.phones))
        expect(phone.dial).toBe(toDialable(phone.display));
    }
  });

  test('every number that is dialled is made of 0-9 and at most one plus', () => {
    expect.hasAssertions();
    for (const { pack } of packs)
      for (const contact of [...pack.contacts, ...pack.homeContacts])
        for (const phone of contact.phones) if (phone.dial) expect(phone.dial).toMatch(/^\+?\d{3,15}$/);
  });
});
