import type { Route } from '#tests/support/routes.ts';

/** One page with all pictures, a row for each screen. */
export function contactSheet(
  routes: readonly Route[],
  looks: readonly string[],
  pictureName: (route: Route, look: string) => string,
): string {
  const rows = routes.map((route) => {
    const pictures = looks.map((look) => {
      const file = pictureName(route, look);
      return `<a href="${file}"><img src="${file}" alt="${route.path}, ${look}" loading="lazy"></a>`;
    });
    return `<section><h2>${route.path}</h2>${pictures.join('')}</section>`;
  });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Screens</title>
<style>
  body { font: 14px system-ui; margin: 16px; background: #ddd }
  h2 { font-size: 14px; margin: 16px 0 4px }
  img { width: 240px; vertical-align: top; margin: 0 8px 8px 0; border: 1px solid #999 }
</style>
<p>${routes.length} screens: ${looks.join(', ')}</p>
${rows.join('\n')}
</html>
`;
}
