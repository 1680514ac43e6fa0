import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {go} from './go.ts';
import {type Kubectl, mustRun} from './kubectl.ts';

/** Custom resource definitions as their authors publish them: a Go module at a version, and the folders in it. */
type Published = {readonly module: string; readonly folders: readonly string[]};

const published = {
	velero: {
		module: 'github.com/vmware-tanzu/velero@v1.18.3',
		folders: ['config/crd/v1/bases', 'config/crd/v2alpha1/bases'],
	},
	cilium: {
		module: 'github.com/cilium/cilium@v1.20.2',
		folders: ['pkg/k8s/apis/cilium.io/client/crds/v2', 'pkg/k8s/apis/cilium.io/client/crds/v2alpha1'],
	},
	k3s: {module: 'github.com/k3s-io/api@v0.1.4', folders: ['pkg/crds/yaml/generated']},
	metallb: {module: 'go.universe.tf/metallb@v0.16.2', folders: ['config/crd/bases']},
	'cert-manager': {module: 'github.com/cert-manager/cert-manager@v1.21.2', folders: ['deploy/crds']},
} as const satisfies Record<string, Published>;

/** `longhorn` is a small one of our own (crds/longhorn.yaml), for its module cannot be had. */
export type CrdSet = keyof typeof published | 'longhorn';

/** What the panes read today. */
const everySet: readonly CrdSet[] = [...(Object.keys(published) as Array<keyof typeof published>), 'longhorn'];

/** Applies them on the server's side (on the client's the large ones fail) and waits until they are served. */
export async function applyCrds(kubectl: Kubectl, sets: readonly CrdSet[] = everySet): Promise<void> {
	const files = (await Promise.all(sets.map(filesOf))).flat();
	await mustRun(kubectl, ['apply', '--server-side', ...files.flatMap(file => ['-f', file])]);
	const wait = ['wait', '--for=condition=Established', '--timeout=60s', ...files.flatMap(file => ['-f', file])];
	await mustRun(kubectl, wait);
}

async function filesOf(set: CrdSet): Promise<string[]> {
	if (set === 'longhorn') return [join(import.meta.dirname, 'crds', 'longhorn.yaml')];
	const {module, folders} = published[set];
	const {Dir: root} = JSON.parse(await go(['mod', 'download', '-json', module])) as {Dir: string};
	const found = await Promise.all(folders.map(folder => definitionsIn(join(root, folder))));
	return found.flat();
}

async function definitionsIn(folder: string): Promise<string[]> {
	const files = (await readdir(folder)).filter(name => name.endsWith('.yaml')).map(name => join(folder, name));
	const isDefinition = await Promise.all(
		files.map(async file => (await readFile(file, 'utf8')).includes('kind: CustomResourceDefinition')),
	);
	return files.filter((_, index) => isDefinition[index]);
}
