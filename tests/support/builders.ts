import { type AgencyFields, emptyAgency } from '#data/agencies.ts';
import { type ContactFields, emptyContact } from '#data/contacts.ts';
import { type ContractFields, emptyContract } from '#data/contracts.ts';
import type { PhotoDraft } from '#data/photos.ts';

// Fictional values. Each builder gives a filled-in entry; a test names only what it is about.

export function aContract(fields: Partial<ContractFields> = {}): ContractFields {
  return {
    ...emptyContract('kr'),
    employer: 'Kim Farm',
    employerPhone: '+82 2 0000 0000',
    workplace: '1 Greenhouse Road, Miryang',
    job: 'farm',
    start: '2026-03-01',
    end: '2029-02-28',
    wage: 2_156_880,
    wageUnit: 'month',
    currency: 'KRW',
    hoursPerDay: 8,
    daysPerWeek: 5,
    housing: 'deducted',
    housingDeduction: 150_000,
    meals: 'free',
    fees: 900,
    feesCurrency: 'USD',
    note: 'ផ្ទះនៅជិតចម្ការ',
    ...fields,
  };
}

export function anAgency(fields: Partial<AgencyFields> = {}): AgencyFields {
  return {
    ...emptyAgency('kr'),
    name: 'Lotus Road Agency',
    licence: '000/26',
    address: '10 Example Street, Battambang',
    phone: '+855 00 000 000',
    ...fields,
  };
}

export function aContact(fields: Partial<ContactFields> = {}): ContactFields {
  return { ...emptyContact(), name: 'បងស្រី ម៉ាលី', phone: '+855 00 111 111', relation: 'family', ...fields };
}

/** A picture of `size` bytes that begins like a JPEG, each one different by `seed`. */
export function aPhoto(fields: Partial<PhotoDraft> & { seed?: number; size?: number } = {}): PhotoDraft {
  const { seed = 1, size = 600, ...photo } = fields;
  const bytes = Uint8Array.from({ length: size }, (_, index) => (index * 7 + seed * 13) % 256);
  bytes.set([0xff, 0xd8, 0xff, 0xe0]);
  return { bytes, type: 'image/jpeg', width: 1200, height: 1600, takenAt: 1_795_219_200_000, ...photo };
}
