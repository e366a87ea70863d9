import type { Language } from './languages.ts';

/*
 * Chromium ships no Khmer locale data and prints Thai dates in the Buddhist calendar
 * (docs/decisions/0004-own-dates-and-money.md), so every name stands here and Intl is not used.
 */
const MONTHS: Record<Language, readonly string[]> = {
  km: ['មករា', 'កុម្ភៈ', 'មីនា', 'មេសា', 'ឧសភា', 'មិថុនា', 'កក្កដា', 'សីហា', 'កញ្ញា', 'តុលា', 'វិច្ឆិកា', 'ធ្នូ'],
  th: [
    'มกราคม',
    'กุมภาพันธ์',
    'มีนาคม',
    'เมษายน',
    'พฤษภาคม',
    'มิถุนายน',
    'กรกฎาคม',
    'สิงหาคม',
    'กันยายน',
    'ตุลาคม',
    'พฤศจิกายน',
    'ธันวาคม',
  ],
  ko: ['1월', '2월', '3월', '4월', '5월', '6월', '7월', '8월', '9월', '10월', '11월', '12월'],
  ms: [
    'Januari',
    'Februari',
    'Mac',
    'April',
    'Mei',
    'Jun',
    'Julai',
    'Ogos',
    'September',
    'Oktober',
    'November',
    'Disember',
  ],
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
};

/** Monday first. */
const WEEKDAYS: Record<Language, readonly string[]> = {
  km: ['ថ្ងៃចន្ទ', 'ថ្ងៃអង្គារ', 'ថ្ងៃពុធ', 'ថ្ងៃព្រហស្បតិ៍', 'ថ្ងៃសុក្រ', 'ថ្ងៃសៅរ៍', 'ថ្ងៃអាទិត្យ'],
  th: ['วันจันทร์', 'วันอังคาร', 'วันพุธ', 'วันพฤหัสบดี', 'วันศุกร์', 'วันเสาร์', 'วันอาทิตย์'],
  ko: ['월요일', '화요일', '수요일', '목요일', '금요일', '토요일', '일요일'],
  ms: ['Isnin', 'Selasa', 'Rabu', 'Khamis', 'Jumaat', 'Sabtu', 'Ahad'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
};

const NO_BREAK = '\u00a0';

/** Text without the word breaks that the build sets into Khmer, for titles, messages and links. */
export function withoutBreaks(text: string): string {
  return text.replaceAll('\u200b', '');
}

interface DayOptions {
  /** Thai adds the Buddhist year in brackets, as an office there reads it. */
  bothYears?: boolean;
  weekday?: boolean;
}

/** Prints a day (`YYYY-MM-DD`) in words, in the Christian year: `5 ធ្នូ 2026`, `2026년 12월 5일`. */
export function formatDay(day: string, language: Language, options: DayOptions = {}): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const weekday = WEEKDAYS[language][(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7];
  if (language === 'ko') {
    const text = `${year}년${NO_BREAK}${month}월${NO_BREAK}${date}일`;
    return options.weekday ? `${text} ${weekday}` : text;
  }
  const text = `${date} ${MONTHS[language][month - 1]} ${year}`;
  const full = language === 'th' && options.bothYears ? `${text} (พ.ศ.${NO_BREAK}${year + 543})` : text;
  if (!options.weekday) return full;
  return language === 'ms' || language === 'en' ? `${weekday}, ${full}` : `${weekday} ${full}`;
}

/** The part of the day a clock hour belongs to, as it is said: from its first hour on. */
const DAY_PARTS: Partial<Record<Language, [number, string][]>> = {
  km: [
    [0, 'យប់'],
    [4, 'ព្រឹក'],
    [12, 'ថ្ងៃត្រង់'],
    [13, 'រសៀល'],
    [17, 'ល្ងាច'],
    [19, 'យប់'],
  ],
  ms: [
    [0, 'pagi'],
    [12, 'tengah hari'],
    [14, 'petang'],
    [19, 'malam'],
  ],
};

/** Prints a clock time (`HH:MM`, 24:00 is midnight) as it is said: `8:30 ព្រឹក`, `08:30 น.`, `오전 8시 30분`, `8.30 pagi`. */
export function formatClock(time: string, language: Language): string {
  const [hour, minute] = time.split(':').map(Number) as [number, number];
  const hour12 = hour % 12 || 12;
  if (language === 'th') return `${time}${NO_BREAK}น.`;
  if (language === 'ko') {
    const text = `${hour % 24 < 12 ? '오전' : '오후'}${NO_BREAK}${hour12}시`;
    return minute === 0 ? text : `${text}${NO_BREAK}${minute}분`;
  }
  const parts = DAY_PARTS[language];
  if (!parts) return time;
  const part = parts.findLast(([from]) => hour % 24 >= from)?.[1] ?? '';
  const minutes = minute === 0 ? '' : `${language === 'ms' ? '.' : ':'}${String(minute).padStart(2, '0')}`;
  return `${hour12}${minutes}${NO_BREAK}${part}`;
}

/** Prints a number with commas for thousands and a point for decimals, always in 0-9. */
export function formatNumber(value: number): string {
  const [whole = '0', fraction] = String(value).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

export const CURRENCIES = ['KRW', 'THB', 'MYR', 'USD', 'KHR'] as const;
export type Currency = (typeof CURRENCIES)[number];

const CURRENCY_NAMES: Record<Language, Record<Currency, string>> = {
  km: { KRW: 'វ៉ុន', THB: 'បាត', MYR: 'រីងហ្គីត', USD: 'ដុល្លារ', KHR: 'រៀល' },
  th: { KRW: 'วอน', THB: 'บาท', MYR: 'ริงกิต', USD: 'ดอลลาร์สหรัฐ', KHR: 'เรียล' },
  ko: { KRW: '원', THB: '바트', MYR: '링깃', USD: '달러', KHR: '리엘' },
  ms: { KRW: 'won', THB: 'baht', MYR: 'ringgit', USD: 'dolar AS', KHR: 'riel' },
  en: { KRW: 'won', THB: 'baht', MYR: 'ringgit', USD: 'US dollars', KHR: 'riel' },
};

export function currencyName(currency: Currency, language: Language): string {
  return CURRENCY_NAMES[language][currency];
}

/** Prints an amount with the name of its currency: `10,320 វ៉ុន`, `10,320원`, `RM1,700`. */
export function formatMoney(value: number, currency: Currency, language: Language): string {
  const number = formatNumber(value);
  if (language === 'ko') return `${number}${CURRENCY_NAMES.ko[currency]}`;
  if (language === 'ms' && currency === 'MYR') return `RM${number}`;
  return `${number}${NO_BREAK}${CURRENCY_NAMES[language][currency]}`;
}

export const RATE_UNITS = ['hour', 'day', 'month'] as const;
export type RateUnit = (typeof RATE_UNITS)[number];

const RATE_UNIT_NAMES: Record<Language, Record<RateUnit, string>> = {
  km: { hour: 'ម៉ោង', day: 'ថ្ងៃ', month: 'ខែ' },
  th: { hour: 'ชั่วโมง', day: 'วัน', month: 'เดือน' },
  ko: { hour: '시간', day: '일', month: '월' },
  ms: { hour: 'jam', day: 'hari', month: 'bulan' },
  en: { hour: 'hour', day: 'day', month: 'month' },
};

/** Prints an amount for a time: `10,320 វ៉ុន / ម៉ោង`. */
export function formatRate(value: number, currency: Currency, per: RateUnit, language: Language): string {
  const money = formatMoney(value, currency, language);
  return `${money}${NO_BREAK}/${NO_BREAK}${RATE_UNIT_NAMES[language][per]}`;
}

export const UNITS = [
  'minute',
  'hour',
  'day',
  'week',
  'month',
  'year',
  'age',
  'percent',
  'square-metre',
  'celsius',
] as const;
export type Unit = (typeof UNITS)[number];

/** English needs a plural; the other four languages do not. */
const UNIT_NAMES: Record<Language, Record<Unit, string>> = {
  km: {
    minute: 'នាទី',
    hour: 'ម៉ោង',
    day: 'ថ្ងៃ',
    week: 'សប្ដាហ៍',
    month: 'ខែ',
    year: 'ឆ្នាំ',
    age: 'ឆ្នាំ',
    percent: '%',
    'square-metre': 'ម៉ែត្រការ៉េ',
    celsius: 'អង្សាសេ',
  },
  th: {
    minute: 'นาที',
    hour: 'ชั่วโมง',
    day: 'วัน',
    week: 'สัปดาห์',
    month: 'เดือน',
    year: 'ปี',
    age: 'ปี',
    percent: '%',
    'square-metre': 'ตารางเมตร',
    celsius: 'องศาเซลเซียส',
  },
  ko: {
    minute: '분',
    hour: '시간',
    day: '일',
    week: '주',
    month: '개월',
    year: '년',
    age: '세',
    percent: '%',
    'square-metre': '㎡',
    celsius: '도',
  },
  ms: {
    minute: 'minit',
    hour: 'jam',
    day: 'hari',
    week: 'minggu',
    month: 'bulan',
    year: 'tahun',
    age: 'tahun',
    percent: '%',
    'square-metre': 'meter persegi',
    celsius: 'darjah Celsius',
  },
  en: {
    minute: 'minute',
    hour: 'hour',
    day: 'day',
    week: 'week',
    month: 'month',
    year: 'year',
    age: 'year',
    percent: '%',
    'square-metre': 'square metre',
    celsius: 'degrees Celsius',
  },
};

/** Prints a measured value with its unit: `8 ម៉ោង`, `8시간`, `8 hours`, `50%`. */
export function formatMeasure(value: number, unit: Unit, language: Language): string {
  const number = formatNumber(value);
  const name = UNIT_NAMES[language][unit];
  if (unit === 'percent' || language === 'ko') return `${number}${name}`;
  const plural = language === 'en' && unit !== 'celsius' && value !== 1 ? 's' : '';
  return `${number}${NO_BREAK}${name}${plural}`;
}

/** Turns Khmer and Thai digits into 0-9 and leaves everything else as it is. */
export function toLatinDigits(text: string): string {
  return text.replace(/[០-៩๐-๙]/g, (digit) => {
    const code = digit.charCodeAt(0);
    return String(code >= 0x17e0 ? code - 0x17e0 : code - 0x0e50);
  });
}

/** A number typed by the worker, in any of the digit shapes, with commas and spaces; `null` when it is none. */
export function parseNumber(text: string): number | null {
  const plain = toLatinDigits(text).replace(/[,\s\u00a0]/g, '');
  if (!/^\d+(\.\d+)?$/.test(plain)) return null;
  return Number(plain);
}

/** The `tel:` or `sms:` form of a phone number as it is printed: digits, with a leading plus if there is one. */
export function toDialable(number: string): string {
  return toLatinDigits(number).replace(/(?!^\+)\D/g, '');
}

/** A file size in kB or MB with one decimal, the same in all languages: `318 kB`, `1.4 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))}${NO_BREAK}kB`;
  return `${formatNumber(Math.round(bytes / 100_000) / 10)}${NO_BREAK}MB`;
}
