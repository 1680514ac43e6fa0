import {basename} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Makes one file of a TypeScript entry , as Node cannot read TSX. Returns where it is. */
export async function bundle(entry: URL): Promise<string> {
	const outfile = `${root}.cache/bundles/${process.pid}-${basename(entry.pathname, '.ts')}.js`;
	await build({
		entryPoints: [fileURLToPath(entry)],
		outfile,
		bundle: true,
		platform: 'node',
		format: 'esm',
		packages: 'external',
		logLevel: 'error',
	});
	return outfile;
}
