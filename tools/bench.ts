import { benchRestore } from './bench/restore.ts';
import { benchServer, type Measure } from './bench/server.ts';
import { fail } from './fail.ts';

try {
  console.log('Measuring for two minutes; every ceiling is measured in the same run.\n');
  for (const measure of await benchServer()) console.log(line(measure));
  for (const { name, seconds, requests, megabytes, longestTask, longTasks } of await benchRestore()) {
    const tasks = `longest task ${longestTask} ms, ${longTasks} of more than 50`;
    console.log(
      `restore of 10,000 entries, ${name}: ${seconds.toFixed(1)} s, ${requests} requests, ${megabytes.toFixed(2)} MB, ${tasks}`,
    );
  }
} catch (error) {
  fail(error);
}

function line({ name, unit, ours, ceiling, ceilingName, target }: Measure): string {
  const round = (value: number): string => Math.round(value).toLocaleString('en');
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  return `${name}: ${round(ours)} ${unit}/s of ${round(ceiling)} ${ceilingName}/s = ${percent(ours / ceiling)} (target ${percent(target)})`;
}
