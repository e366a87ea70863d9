import { Client } from 'pg';
import { id } from './builders.ts';
import type { TestDatabase } from './database.ts';

export interface PostgresSchema extends Pick<TestDatabase, 'query' | 'remove'> {
  /** What a server takes as DATABASE_URL. */
  readonly url: string;
}

/** A schema of its own in the PostgreSQL of this run: as good as a database, and made in a tenth of the time. */
export async function createPostgresSchema(url: string): Promise<PostgresSchema> {
  const name = `test_${Buffer.from(id()).toString('hex')}`;
  await withClient(url, (client) => client.query(`CREATE SCHEMA ${name}`));
  const own = new URL(url);
  own.searchParams.set('options', `-c search_path=${name}`);
  own.searchParams.set('application_name', name);
  return {
    url: own.href,
    query: (sql, values = []) =>
      withClient(own.href, async (client) => {
        let count = 0;
        const text = sql.replace(/\?/g, () => `$${++count}`);
        return (await client.query(text, [...values])).rows;
      }),
    remove: async () => {
      await withClient(url, (client) => client.query(`DROP SCHEMA ${name} CASCADE`));
    },
  };
}

export async function withClient<T>(address: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: address });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
