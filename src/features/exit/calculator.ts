import './calculator.css';

/*
 * The page that quick exit shows: a working calculator, drawn without the app's code or words,
 * so that nothing on it points back to the app.
 */
const KEYS = ['C', '÷', '×', '⌫', '7', '8', '9', '−', '4', '5', '6', '+', '1', '2', '3', '=', '0', '.'];

interface Sum {
  left: number | null;
  operator: string | null;
  entry: string;
}

let sum: Sum = { left: null, operator: null, entry: '0' };

function calculate(left: number, operator: string, right: number): number {
  if (operator === '+') return left + right;
  if (operator === '−') return left - right;
  if (operator === '×') return left * right;
  return left / right;
}

function result({ left, operator, entry }: Sum): number {
  const right = Number(entry);
  return left === null || operator === null ? right : calculate(left, operator, right);
}

/** Floats print with at most ten digits, as on a pocket calculator. */
function print(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(10))) : '0';
}

function press(key: string): Sum {
  if (key === 'C') return { left: null, operator: null, entry: '0' };
  if (key === '⌫') return { ...sum, entry: sum.entry.slice(0, -1) || '0' };
  if (key === '=') return { left: null, operator: null, entry: print(result(sum)) };
  if ('÷×−+'.includes(key)) return { left: result(sum), operator: key, entry: '0' };
  if (key === '.') return sum.entry.includes('.') ? sum : { ...sum, entry: `${sum.entry}.` };
  return { ...sum, entry: sum.entry === '0' ? key : `${sum.entry}${key}`.slice(0, 12) };
}

const screen = document.getElementById('screen');
const keys = document.getElementById('keys');
for (const key of KEYS) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = key;
  if (key === '=') button.className = 'equals';
  if (key === '0') button.className = 'zero';
  button.addEventListener('click', () => {
    sum = press(key);
    if (screen) screen.textContent = sum.entry === '0' && sum.left !== null ? print(sum.left) : sum.entry;
  });
  keys?.append(button);
}
