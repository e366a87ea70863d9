import { expect, test } from 'vitest';
import { isServed, listDist, readDist } from '#tests/support/dist.ts';
import { distFolder } from '#tools/build.ts';
import { readPrecache } from '#tools/precache.ts';

const scripts = [...listDist('assets/*.js'), ...listDist('*.js')];

/** Addresses that only name something: nothing ever asks them. A new one is looked at before it is added here. */
const names = [
  // Names of XML languages.
  'http://www.w3.org/',
  // Where React, Dexie and i18next explain an error, printed for developers.
  'https://react.dev/',
  'https://github.com/',
  'https://goo.gl/',
  'https://www.i18next.com/',
  'https://react.i18next.com/',
  'https://dexie.org',
  'https://tinyurl.com/y2uuvskb',
  'http://bit.ly/2kdckMn',
  'https://bit.ly/wb-precache',
  // Links that the worker taps or sends: WhatsApp to an office, the place in a message, a wrong fact by Telegram.
  'https://t.me/share/url?url=$',
  'https://wa.me/$',
  'https://maps.google.com/?q=$',
];

test('the service worker stores only files that are there', () => {
  // One missing file fails the whole installation, and the app would never work offline.
  expect(readPrecache(distFolder).filter((url) => !isServed(url))).toEqual([]);
});

test('no script knows the address of another origin', () => {
  const foreign = scripts.flatMap((file) =>
    [...readDist(file).matchAll(/\b(?:https?|wss?):\/\/[^\s"'`\\)]+/g)]
      .map(([address]) => address)
      .filter((address) => !names.some((name) => address.startsWith(name)))
      .map((address) => `${file}: ${address}`),
  );
  expect(foreign).toEqual([]);
});

test('no script uses WebRTC, which leaves the phone past the policy', () => {
  expect(scripts.filter((file) => readDist(file).includes('RTCPeerConnection'))).toEqual([]);
});
