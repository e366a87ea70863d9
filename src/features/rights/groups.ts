/** Subjects as a worker thinks of them, in the order of the screen. */
export const GROUPS = ['money', 'time', 'first', 'body', 'harm', 'papers', 'moving'] as const;
export type Group = (typeof GROUPS)[number];

const TOPICS: Record<Group, string[]> = {
  money: ['wage', 'deductions', 'fees', 'receipts', 'debt', 'money'],
  time: ['hours', 'rest'],
  first: ['first-aid'],
  body: ['injury', 'safety', 'health', 'mind', 'housing'],
  harm: ['violence', 'trafficking', 'scams', 'complaint', 'union', 'arrest'],
  papers: ['papers', 'contract', 'agency', 'orientation', 'no-papers', 'local-law'],
  moving: ['leaving', 'going-home', 'family'],
};

/** The subject of a topic; every topic of a right has one (tests/content/complete.test.ts). */
export function groupOf(topic: string): Group | undefined {
  return GROUPS.find((group) => TOPICS[group].includes(topic));
}
