import {dump} from 'js-yaml';
import {askJson} from '../cluster/ask.ts';
import {type Discovered, discover, servedVersion} from '../cluster/discovery.ts';
import {identityOf} from '../cluster/identity.ts';
import type {Kind} from '../cluster/kind.ts';
import type {ClusterTarget} from '../cluster/kubeconfig/target.ts';
import {connect} from '../cluster/line/connect.ts';
import {crdKind} from '../cluster/presence/crd.ts';
import {items} from '../cluster/raw.ts';
import type {Scrape} from '../cluster/scrape.ts';
import {sentenceOf} from '../cluster/sentence.ts';
import type {Transport} from '../cluster/transport.ts';
import {type Asked, type Read, type Role, roleSets} from '../findings/rbac.ts';
import {scrapes, systems} from '../findings/systems.ts';
import type {StoredRecord} from '../vocabulary.ts';
import {readArguments} from './arguments.ts';
import {Complaint} from './complaint.ts';
import {chooseTarget} from './target.ts';

declare const MIDWATCH_VERSION: string;

/** What roles are made for: the kinds that are read, and what is asked beside them. */
type Installed = {readonly reads: readonly Read[]; readonly asked: readonly Asked[]};

const kinds: ReadonlyArray<Kind<StoredRecord>> = [...systems.flatMap(system => system.kinds), crdKind];
const reading = ['get', 'list', 'watch'];

/** Where the operator installs the exporters of GPUs unless told otherwise. */
const usualHome = 'gpu-operator';

/** Everything midwatch can read, wherever it may be installed. Metrics cannot be watched. */
function everything(): Installed {
	return {
		reads: kinds.map(kind => ({kind, verbs: kind.group === 'metrics.k8s.io' ? ['get', 'list'] : reading})),
		asked: scrapes.map(scrape => ({scrape, namespaces: [usualHome]})),
	};
}

/** What cannot be found out counts as served: a role that names too much of nothing gives nothing away. */
function readsOf(discovered: Discovered): readonly Read[] {
	return kinds.flatMap(kind => {
		const served = servedVersion(discovered, kind);
		if (served.is === 'absent') return [];
		return [{kind, verbs: served.is === 'served' ? reading.filter(verb => served.verbs.includes(verb)) : reading}];
	});
}

async function homesOf(
	transport: Transport,
	{group, versions: [version = 'v1'], plural, labelSelector = ''}: Kind<StoredRecord>,
) {
	const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
	const query = new URLSearchParams({labelSelector}).toString();
	const accept = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1, application/json';
	const {json} = await askJson(transport, {path: `${root}/${plural}?${query}`, headers: {accept}});
	const found = items(json.items).map(({metadata}) => identityOf(metadata));
	return found.filter(({actionable}) => actionable).map(({namespace}) => namespace as string);
}

/** Whoever may not list what is scraped is told where it usually is. */
async function askedOf(transport: Transport, scrape: Scrape<unknown>): Promise<Asked> {
	try {
		const homes = await Promise.all(scrape.from.map(kind => homesOf(transport, kind)));
		return {scrape, namespaces: [...new Set(homes.flat())].sort()};
	} catch {
		return {scrape, namespaces: [usualHome]};
	}
}

async function lookAround(target: ClusterTarget): Promise<Installed> {
	const transport = connect(target, {version: MIDWATCH_VERSION, interactive: false});
	try {
		const reads = readsOf(await discover(transport));
		return {reads, asked: await Promise.all(scrapes.map(scrape => askedOf(transport, scrape)))};
	} catch (error) {
		throw new Complaint(sentenceOf(error), 2);
	} finally {
		transport.close();
	}
}

function bindingOf({kind, metadata: {name, namespace}}: Role): string {
	return kind === 'ClusterRole'
		? `kubectl create clusterrolebinding ${name} --clusterrole=${name} --user=USER`
		: `kubectl create rolebinding ${name} -n ${namespace ?? ''} --role=${name} --user=USER`;
}

const yaml = (role: Role): string => `# ${bindingOf(role)}\n${dump(role, {noRefs: true})}`;

/** `midwatch rbac [ROLE]`: prints the least that is needed, ready to be applied. */
export async function run(argv: readonly string[]): Promise<number> {
	const {
		flags,
		words: [role],
	} = await readArguments('rbac', argv);
	const {reads, asked} = flags.all === true ? everything() : await lookAround(await chooseTarget(flags, 2));
	const wanted = roleSets(reads, asked).filter(({name}) => role === undefined || name === role);
	if (wanted.length === 0) throw new Complaint(`Nothing here is for ${role}; with --all its role is printed all the same.`, 2);
	const documents = wanted.map(({about, roles}) => `# To ${about}.\n${roles.map(yaml).join('---\n')}`);
	process.stdout.write(documents.join('---\n'));
	return 0;
}
