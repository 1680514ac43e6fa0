import {beforeAll, expect, test} from 'vitest';
import {items, type Raw} from '../../source/cluster/raw.ts';
import {configMap, create, eventually, mergePatch, pod, read, type Subject} from './subject.ts';
import {watchFrames} from './watch.ts';
import {watchList} from './watches.ts';
import {inside, mapAt, messageAt, numberAt, repeated, textAt, unwrap} from './wire.ts';

const protobufType = 'application/vnd.kubernetes.protobuf';
const protobufFirst = `${protobufType},application/json`;

/** Pods only: they are the one kind that midwatch asks for in this form. */
export function protobuf(subject: () => Subject): void {
	const pods = () => `${subject().home}/pods`;
	const ours = 'labelSelector=form%3Dwire';

	beforeAll(async () => {
		const {admin, node} = subject();
		const rich = pod('rich', node, {form: 'wire', other: 'label'});
		// An owner who is not there would soon be missed by the garbage collector.
		const owner = await create(admin, `${subject().home}/configmaps`, configMap('owner'));
		await create(admin, pods(), {
			...rich,
			metadata: {
				...rich.metadata,
				annotations: {note: 'some text'},
				ownerReferences: [{apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid: owner.metadata?.uid, controller: true}],
			},
			spec: {
				...rich.spec,
				volumes: [{name: 'data', persistentVolumeClaim: {claimName: 'claim'}}],
				containers: [
					{
						name: 'main',
						image: 'example.org/main:1',
						resources: {requests: {cpu: '250m', memory: '1Gi', 'nvidia.com/gpu': '1'}, limits: {'nvidia.com/gpu': '1'}},
					},
				],
			},
		});
		await create(admin, pods(), pod('plain', node, {form: 'wire'}));
	});

	test('a list comes in its envelope, with the same pods and versions as in JSON', async () => {
		const {admin} = subject();
		const reply = await admin.ask(`${pods()}?${ours}`, {accept: protobufFirst});
		expect(reply.status).toBe(200);
		expect(reply.headers['content-type']).toBe(protobufType);
		const {apiVersion, kind, object} = unwrap(reply.body);
		expect({apiVersion, kind}).toEqual({apiVersion: 'v1', kind: 'PodList'});
		expect(textAt(object, 1, 2)).toMatch(/^\d+$/);
		expect(repeated(object, 2).map(item => textAt(item, 1, 1))).toEqual(['plain', 'rich']);
	});

	test('a pod says the same in both forms', async () => {
		const {admin} = subject();
		// A kubelet may write its own status over it at first, and touch it between the two questions.
		await eventually(async () => {
			await mergePatch(admin, `${pods()}/rich/status`, {status: failing});
			const asJson = await read(admin, `${pods()}/rich`);
			const {kind, object} = unwrap((await admin.ask(`${pods()}/rich`, {accept: protobufFirst})).body);
			expect(kind).toBe('Pod');
			expect(metadataOf(object)).toEqual(metadataIn(asJson));
			expect(specOf(object)).toEqual(specIn(asJson));
			expect(statusOf(object)).toEqual(statusIn(asJson));
			expect(statusOf(object)).toMatchObject({
				restarts: 7,
				waiting: ['CrashLoopBackOff', 'back-off 5m0s'],
				last: [137, 'OOMKilled', expect.any(Number)],
			});
		});
	});

	test('a list in chunks carries its token and count', async () => {
		const {admin} = subject();
		const page = unwrap((await admin.ask(`${pods()}?limit=1`, {accept: protobufFirst})).body).object;
		expect(repeated(page, 2)).toHaveLength(1);
		const token = textAt(page, 1, 3);
		expect(token).not.toBe('');
		expect(numberAt(page, 1, 4)).toBeGreaterThan(0);
		const next = await admin.ask(`${pods()}?limit=1&continue=${encodeURIComponent(token)}`, {accept: protobufFirst});
		const other = unwrap(next.body).object;
		expect(repeated(other, 2).map(item => textAt(item, 1, 1))).not.toEqual(repeated(page, 2).map(item => textAt(item, 1, 1)));
	});

	test('a WatchList comes in frames: each a bare event, whose object has the envelope', async () => {
		const {admin} = subject();
		const watch = await watchFrames(admin, `${pods()}?${watchList}&${ours}`, {accept: protobufFirst});
		expect(watch.status).toBe(200);
		expect(watch.headers['content-type']).toBe(`${protobufType};stream=watch`);
		const initial = (await watch.until(frame => textAt(frame, 1) === 'BOOKMARK')).map(eventOf);
		expect(
			initial
				.slice(0, -1)
				.map(({type, name}) => `${type} ${name}`)
				.toSorted(),
		).toEqual(['ADDED plain', 'ADDED rich']);
		expect(initial.at(-1)).toMatchObject({kind: 'Pod', name: '', annotations: {'k8s.io/initial-events-end': 'true'}});
		await mergePatch(admin, `${pods()}/plain`, {metadata: {annotations: {changed: 'yes'}}});
		const changed = await watch.until(frame => eventOf(frame).annotations.changed === 'yes');
		expect(eventOf(changed.at(-1) ?? Buffer.alloc(0))).toMatchObject({type: 'MODIFIED', kind: 'Pod', name: 'plain'});
		watch.close();
	});

	test('JSON comes where it is named first', async () => {
		const reply = await subject().admin.ask(pods(), {accept: `application/json,${protobufType}`});
		expect(reply.headers['content-type']).toBe('application/json');
		expect(reply.json().kind).toBe('PodList');
	});

	test('a refusal comes as a protobuf Status to whoever takes nothing else', async () => {
		const reply = await subject().admin.ask(`${pods()}/none`, {accept: protobufType});
		expect(reply.status).toBe(404);
		const {kind, object} = unwrap(reply.body);
		expect(kind).toBe('Status');
		expect([textAt(object, 2), textAt(object, 3), textAt(object, 4), numberAt(object, 6)]).toEqual([
			'Failure',
			'pods "none" not found',
			'NotFound',
			404,
		]);
	});
}

const failing = {
	phase: 'Running',
	reason: 'SomeReason',
	message: 'some message',
	startTime: '2026-01-02T03:04:05Z',
	conditions: [
		{
			type: 'Ready',
			status: 'False',
			reason: 'ContainersNotReady',
			message: 'not yet',
			lastTransitionTime: '2026-01-02T03:04:06Z',
		},
	],
	containerStatuses: [
		{
			name: 'main',
			image: 'example.org/main:1',
			imageID: '',
			ready: false,
			started: false,
			restartCount: 7,
			state: {waiting: {reason: 'CrashLoopBackOff', message: 'back-off 5m0s'}},
			lastState: {
				terminated: {exitCode: 137, reason: 'OOMKilled', startedAt: '2026-01-02T03:04:07Z', finishedAt: '2026-01-02T03:04:08Z'},
			},
		},
	],
};

function eventOf(frame: Buffer) {
	const {kind, object} = unwrap(messageAt(frame, 2, 1));
	return {type: textAt(frame, 1), kind, name: textAt(object, 1, 1), annotations: mapAt(messageAt(object, 1), 12)};
}

/** Seconds since 1970. */
function seconds(time: unknown): number {
	return Date.parse(String(time)) / 1000;
}

function metadataOf(object: Buffer) {
	const metadata = messageAt(object, 1);
	const owner = messageAt(metadata, 13);
	return {
		name: textAt(metadata, 1),
		namespace: textAt(metadata, 3),
		uid: textAt(metadata, 5),
		resourceVersion: textAt(metadata, 6),
		created: numberAt(metadata, 8, 1),
		labels: mapAt(metadata, 11),
		annotations: mapAt(metadata, 12),
		owner: {
			kind: textAt(owner, 1),
			name: textAt(owner, 3),
			uid: textAt(owner, 4),
			apiVersion: textAt(owner, 5),
			controller: numberAt(owner, 6) === 1,
		},
	};
}

function metadataIn({metadata}: Raw) {
	const [owner] = items(metadata?.ownerReferences);
	return {
		name: metadata?.name,
		namespace: metadata?.namespace,
		uid: metadata?.uid,
		resourceVersion: metadata?.resourceVersion,
		created: seconds(metadata?.creationTimestamp),
		labels: metadata?.labels,
		annotations: metadata?.annotations,
		owner: {kind: owner?.kind, name: owner?.name, uid: owner?.uid, apiVersion: owner?.apiVersion, controller: owner?.controller},
	};
}

function specOf(object: Buffer) {
	const container = messageAt(object, 2, 2);
	const quantities = (field: number) =>
		Object.fromEntries(repeated(messageAt(container, 8), field).map(entry => [textAt(entry, 1), textAt(entry, 2, 1)]));
	return {
		node: textAt(object, 2, 10),
		claims: repeated(messageAt(object, 2), 1)
			.map(volume => textAt(volume, 2, 10, 1))
			.filter(claim => claim !== ''),
		container: textAt(container, 1),
		image: textAt(container, 2),
		limits: quantities(1),
		requests: quantities(2),
	};
}

function specIn({spec}: Raw) {
	const [container] = items(spec?.containers);
	return {
		node: spec?.nodeName,
		claims: items(spec?.volumes)
			.map(volume => volume.persistentVolumeClaim?.claimName)
			.filter(claim => claim !== undefined),
		container: container?.name,
		image: container?.image,
		limits: container?.resources?.limits,
		requests: container?.resources?.requests,
	};
}

function statusOf(object: Buffer) {
	const status = messageAt(object, 3);
	const container = messageAt(status, 8);
	return {
		phase: textAt(status, 1),
		conditions: repeated(status, 2).map(condition => [
			textAt(condition, 1),
			textAt(condition, 2),
			numberAt(condition, 4, 1),
			textAt(condition, 5),
			textAt(condition, 6),
		]),
		message: textAt(status, 3),
		reason: textAt(status, 4),
		started: numberAt(status, 7, 1),
		name: textAt(container, 1),
		waiting: [textAt(container, 2, 1, 1), textAt(container, 2, 1, 2)],
		isRunning: inside(container, 2, 2) !== undefined,
		last: [numberAt(container, 3, 3, 1), textAt(container, 3, 3, 3), numberAt(container, 3, 3, 6, 1)],
		isReady: numberAt(container, 4) === 1,
		restarts: numberAt(container, 5),
	};
}

function statusIn({status}: Raw) {
	const [container] = items(status?.containerStatuses);
	const {waiting} = container?.state ?? {};
	const {terminated} = container?.lastState ?? {};
	return {
		phase: status?.phase,
		conditions: items(status?.conditions).map(condition => [
			condition.type,
			condition.status,
			seconds(condition.lastTransitionTime),
			condition.reason ?? '',
			condition.message ?? '',
		]),
		message: status?.message,
		reason: status?.reason,
		started: seconds(status?.startTime),
		name: container?.name,
		waiting: [waiting?.reason, waiting?.message],
		isRunning: container?.state?.running !== undefined,
		last: [terminated?.exitCode, terminated?.reason, seconds(terminated?.finishedAt)],
		isReady: container?.ready,
		restarts: container?.restartCount,
	};
}
