import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Makes one file of a TypeScript entry (path from the root), as Node cannot read TSX. Returns where it is. */
export async function bundle(entry: string): Promise<string> {
	const outfile = `${root}.cache/bundles/${process.pid}-${entry.replaceAll(/[^\w]+/g, '-')}.js`;
	await build({
		entryPoints: [root + entry],
		outfile,
		bundle: true,
		platform: 'node',
		format: 'esm',
		packages: 'external',
		logLevel: 'error',
	});
	return outfile;
}
