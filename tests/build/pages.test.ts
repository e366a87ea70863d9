import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { attribute, isServed, listDist, readDist, tagsOf } from '#tests/support/dist.ts';

const pages = listDist('**/*.html');
const appAddress = /^\/(km|th|ko|ms|en)(\/(kr|th|my|kh)(\/|$)|\/?$)/;

describe('every page', () => {
  test('is there for all languages and countries', () => {
    expect(pages.filter((page) => page.endsWith('/help/index.html'))).toHaveLength(20);
  });

  test('says its language, its title and what it is about', () => {
    const silent = pages.filter((page) => {
      const html = readDist(page);
      const tags = tagsOf(html);
      const hasLanguage = tags.some((tag) => tag.startsWith('<html') && attribute(tag, 'lang'));
      const hasAbout = tags.some(
        (tag) => attribute(tag, 'name') === 'description' && attribute(tag, 'content'),
      );
      return !hasLanguage || !hasAbout || !/<title>[^<]+<\/title>/.test(html);
    });
    expect(silent).toEqual([]);
  });

  test('runs no script of its own text, so a strict policy can hold', () => {
    const inline = pages.filter((page) => {
      const html = readDist(page);
      const scripts = html.match(/<script\b[^>]*>[\s\S]*?<\/script>/g) ?? [];
      const handlers = tagsOf(html).filter((tag) => /\son\w+=/i.test(tag) || /=["']?javascript:/i.test(tag));
      return (
        handlers.length > 0 ||
        scripts.some((script) => !/^<script\b[^>]*\ssrc=[^>]*><\/script>$/.test(script))
      );
    });
    expect(inline).toEqual([]);
  });

  test('has no style attribute, which the policy would ignore', () => {
    expect(
      pages.filter((page) => tagsOf(readDist(page)).some((tag) => attribute(tag, 'style') !== null)),
    ).toEqual([]);
  });

  test('has only style blocks that the policy allows by their hash', () => {
    const { policy } = JSON.parse(readDist('csp.json')) as { policy: string };
    const refused = pages.filter((page) =>
      [...readDist(page).matchAll(/<style\b[^>]*>([\s\S]*?)<\/style>/g)].some(([, css = '']) => {
        const hash = createHash('sha256').update(css).digest('base64');
        return !policy.includes(`'sha256-${hash}'`);
      }),
    );
    expect(refused).toEqual([]);
  });

  test('asks no other origin; only a link the reader follows may lead there', () => {
    const foreign = pages.flatMap((page) => {
      const html = readDist(page);
      const loaded = tagsOf(html)
        .filter((tag) => !/^<a\s/i.test(tag))
        .flatMap((tag) =>
          ['src', 'href', 'srcset', 'poster', 'action', 'data'].map((name) => attribute(tag, name)),
        );
      const styled = [...html.matchAll(/(?:url\(|@import)\s*["']?([^"')]+)/g)].map(([, url]) => url ?? null);
      return [...loaded, ...styled]
        .filter((url) => url && /^\s*(https?:)?\/\//i.test(url))
        .map((url) => `${page}: ${url}`);
    });
    expect(foreign).toEqual([]);
  });

  test('links and loads only what is there', () => {
    const missing = pages.flatMap((page) =>
      tagsOf(readDist(page))
        .flatMap((tag) => [attribute(tag, 'href'), attribute(tag, 'src')].map((url) => ({ tag, url })))
        .flatMap(({ tag, url }) => {
          if (!url || !/^\/(?!\/)/.test(url)) return [];
          const path = url.replace(/[?#].*$/, '');
          const isScreen = /^<(a|link rel="alternate")\s/i.test(tag) && appAddress.test(path);
          return isServed(path) || isScreen ? [] : [`${page}: ${url}`];
        }),
    );
    expect(missing).toEqual([]);
  });
});
