/** Texts as somebody may write who wants to hurt, and as some people simply write. Each of them must stay a text. */
export function hostileTexts(count: number): string[] {
  const texts = [...SCRIPTS, ...TEMPLATES, ...NAMES, ...ODD_LETTERS, ...LONG];
  // The same again, each in another company, until there are enough.
  for (let round = 0; texts.length < count; round++) {
    const [text = '', around = ''] = [SCRIPTS[round % SCRIPTS.length], AROUND[round % AROUND.length]];
    texts.push(around.replace('…', () => text));
  }
  return texts.slice(0, count);
}

/** What runs if it is ever taken for markup: the journey looks at `window.hurt`. */
const HURT = 'window.hurt=1';

const SCRIPTS = [
  `<script>${HURT}</script>`,
  `<script src="https://foreign.example/x.js"></script>`,
  `<img src=x onerror=${HURT}>`,
  `<img src="https://foreign.example/x.png">`,
  `<svg onload=${HURT}>`,
  `<svg><script>${HURT}</script></svg>`,
  `<iframe srcdoc="<script>parent.hurt=1</script>"></iframe>`,
  `<body onload=${HURT}>`,
  `<details open ontoggle=${HURT}>`,
  `<style>*{display:none}</style>`,
  `<link rel=stylesheet href=https://foreign.example/x.css>`,
  `<meta http-equiv=refresh content="0;url=https://foreign.example/">`,
  `<base href="https://foreign.example/">`,
  `<form action="https://foreign.example/"><button>OK</button></form>`,
  `<input autofocus onfocus=${HURT}>`,
  `<math><mi//xlink:href="data:x,<script>${HURT}</script>">`,
  `"><script>${HURT}</script>`,
  `' onmouseover='${HURT}`,
  `</textarea><script>${HURT}</script>`,
  `</title><script>${HURT}</script>`,
  `--><script>${HURT}</script><!--`,
  `]]><script>${HURT}</script>`,
  `javascript:${HURT}`,
  `data:text/html,<script>parent.hurt=1</script>`,
  `<a href="javascript:${HURT}">012 345 678</a>`,
  `<b>bold</b><br><h1>large</h1>`,
  `&lt;script&gt;&amp;&quot;&#39;&nbsp;`,
  `\\u003cscript\\u003e${HURT}\\u003c/script\\u003e`,
];

const TEMPLATES = [
  '{{name}}',
  '{{host}} {{value}} {{count}} {{number}}',
  '{{- name}}',
  '$t(sync.title)',
  '$t(sync.errors.Gone)$t(nav.back)',
  '{name}',
  '${name}',
  '${7*7} {{7*7}} <%= 7*7 %> #{7*7}',
  "$& $1 $$ $` $'",
  '%s %d %n %x',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'NaN',
  '[object Object]',
  'true',
  '0',
  '-1',
];

const NAMES = [
  `Robert'); DROP TABLE contacts;--`,
  `' OR '1'='1`,
  '=1+1',
  '=HYPERLINK("https://foreign.example/","OK")',
  '@SUM(1+1)*cmd|" /C calc"!A0',
  '+855 12 345 678;ext=1',
  '*#06#',
  '../../../../etc/passwd',
  'C:\\Windows\\System32',
  'con.txt',
  '; rm -rf ~',
  '`id` $(id)',
  '{"employer":"Kim Farm"}',
  '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>',
  "O'Neill-Ńguyễn d’Été",
  '&',
  '"',
  '<',
  '>',
];

const ODD_LETTERS = [
  'ស្ត្រីក្រោយ​សម្រាល​ស្ងប់ស្ងៀម ក្ម្ម្ម្ម្ម្',
  'ប្រព័ន្ធ​កុំព្យូទ័រ​៕៖ៗ',
  'ก็ที่นี่ผู้ใหญ่ กู้เงิน๚๛ ก้้้้้้้้้้้้',
  '한글 ㄱㄴㄷ 각',
  '中文 日本語 ﷽',
  '\u202egnp.exe\u202c txt.fdp',
  '\u2066\u2067שלום\u2069 مرحبا\u2069',
  '\u200f\u200e\u061c',
  '\u200b\u200c\u200d\u2060\ufeffx',
  '👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿🇰🇭',
  'Z̷̢̛̤a̶̡̛l̸̨̛g̵̢̛o̷̧̕',
  'e\u0301 é ＜script＞',
  'a\u0000b',
  '\u0001\u0002\u001b[31mred\u001b[0m',
  '\u0085x\u2028y\u2029z',
  '\ud83d half of a letter',
  '\ufffe\uffff',
  'İıſK',
];

const LONG = ['A'.repeat(12_000), 'ក'.repeat(5000), `${'<b>'.repeat(1500)}`, 'word '.repeat(1500).trim()];

const AROUND = ['ប៉ា …', '… 👍', '"…"', "'…'", '{{…}}', '$t(…)', '\u202e…', '… \u0000'];
