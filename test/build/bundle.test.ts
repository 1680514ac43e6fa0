import {readFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));

/** The files that are read before a built module does anything: itself, and what it imports at once. */
async function opened(file: string, before: ReadonlySet<string> = new Set()): Promise<ReadonlySet<string>> {
	if (before.has(file)) return before;
	const imported = (await readFile(file, 'utf8')).matchAll(/(?:^|[;}\n])import(?:[^'"();]*?from)?\s*"(\.[^"]+)"/g);
	let all: ReadonlySet<string> = new Set([...before, file]);
	for (const [, path = ''] of imported) all = await opened(join(dirname(file), path), all);
	return all;
}

test.each(['dashboard', 'check', 'demo', 'runbook', 'supervise'])('%s opens few files to begin with', async name => {
	expect((await opened(join(dist, `${name}.js`))).size).toBeLessThanOrEqual(4);
});

test('what few ever need stands there once, and nothing begins with it', async () => {
	for (const name of ['dashboard', 'check', 'snapshot', 'drain']) {
		for (const file of await opened(join(dist, `${name}.js`))) expect(file).not.toContain('/late/');
	}
	const {KubeConfig} = (await import(join(dist, 'late', 'kubernetes.js'))) as {KubeConfig: unknown};
	expect(KubeConfig).toBeTypeOf('function');
});
