import {type FindingId, nameOf, type Symptom} from '../diagnosis.ts';
import {memoised, own, type SafeText, say} from '../vocabulary.ts';
import {bytesOf, count, join, percent, shownName} from '../words.ts';
import {type DeviceFact, hot, isHeard, warm} from './device.ts';
import {deviceName} from './state-words.ts';

/** Milliseconds. */
const hotFor = 30_000;
const warmFor = 5 * 60_000;
const idleFor = 2 * 3_600_000;
/** Of its memory: normal for inference, but worth a note. */
const full = 0.95;

type Telling = Pick<Symptom, 'after' | 'title'> &
	Partial<Pick<Symptom, 'undated' | 'more' | 'since' | 'evidence' | 'class' | 'causes'>>;

const causesOf = ({device}: DeviceFact): readonly string[] => [nameOf('node-not-ready', shownName({name: device.node}))];

/** A finding about a device. What is wrong with a device of a lost node follows from that. */
function about(fact: DeviceFact, id: FindingId, telling: Telling): Symptom {
	const {node} = fact.device;
	return {
		id,
		about: deviceName(fact),
		subject: {resource: 'nodes', namespace: '' as typeof node, name: node},
		since: 0,
		evidence: [],
		causes: causesOf(fact),
		...telling,
	};
}

const heldBy = ({holders = []}: DeviceFact): readonly SafeText[] =>
	holders.length === 0 ? [] : [say`held by ${join(holders.slice(0, 3).map(({shown}) => shown))}`];

/** The exporter repeats the last XID until it restarts: only what came lately pages, what nobody can date is told once. */
function xidSymptoms(fact: DeviceFact): readonly Symptom[] {
	const {xid} = fact;
	if (xid === undefined || xid.age === 'old') return [];
	const {code, name, class: kind, suggested} = xid.xid;
	const isNote = xid.health === 'idle' || (xid.age === 'undated' && kind !== 'hardware' && kind !== 'driver');
	const telling: Telling = {
		after: xid.health === 'bad' ? {critical: 0} : {warning: 0},
		since: xid.since,
		title: say`XID ${code} ${own(name)}`,
		...(xid.age === 'undated' ? {undated: true, more: own('its time is not exported')} : {}),
		evidence: [say`DCGM_FI_DEV_XID_ERRORS=${code}, class ${own(kind)}`, say`suggested: ${own(suggested)}`, ...heldBy(fact)],
		...(isNote ? {class: 'note' as const} : {}),
		// One that came lately explains why a GPU is missing; of an older one that is all that is left.
		...(xid.age === 'undated' ? {causes: [...causesOf(fact), nameOf('gpu-missing', shownName({name: fact.device.node}))]} : {}),
	};
	return [about(fact, 'gpu-error', telling)];
}

function heatSymptoms(fact: DeviceFact): readonly Symptom[] {
	const {temperature = 0, throttles, power} = fact.device;
	if (temperature < warm || (temperature < hot && throttles === false)) return [];
	const degrees = say`${Math.round(temperature)} °C`;
	const evidence = [say`DCGM_FI_DEV_GPU_TEMP=${temperature}, ${own(power === undefined ? '– W' : `${Math.round(power)} W`)}`];
	if (temperature >= hot) return [about(fact, 'gpu-hot', {after: {critical: hotFor}, title: degrees, evidence})];
	if (throttles === true)
		return [about(fact, 'gpu-hot', {after: {warning: warmFor}, title: say`${degrees} and throttling`, evidence})];
	const title = say`${degrees}, whether it throttles is not exported`;
	return [about(fact, 'gpu-hot', {after: {warning: warmFor}, title, evidence, class: 'note'})];
}

function memorySymptoms(fact: DeviceFact): readonly Symptom[] {
	const {rowRemapFailed, remapPending, uncorrectable = 0, uncorrectableRows = 0, correctableRows = 0} = fact.device;
	const evidence = [
		say`remapped rows: ${uncorrectableRows} after uncorrectable, ${correctableRows} after correctable errors`,
		...heldBy(fact),
	];
	const tell = (telling: Omit<Telling, 'evidence'>) => [about(fact, 'gpu-memory-failing', {...telling, evidence})];
	if (rowRemapFailed) return tell({after: {critical: 0}, title: own('row remap failed: replace the card')});
	if (uncorrectable > 0) {
		const errors = count(uncorrectable, 'uncorrectable error');
		return tell({after: {critical: 0}, title: say`${errors} since the driver was loaded`});
	}
	if (remapPending) return tell({after: {warning: 0}, title: own('row remap pending: reset the GPU')});
	if (uncorrectableRows === 0) return [];
	// Healed, and for the rest of the card's life on its record.
	return tell({
		after: {warning: 0},
		title: say`${count(uncorrectableRows, 'row')} remapped after uncorrectable errors`,
		class: 'risk',
	});
}

function useSymptoms(fact: DeviceFact): readonly Symptom[] {
	const {device, idleSince, holders = []} = fact;
	const {memoryUsed = 0, memoryTotal = 0} = device;
	const isFull = memoryTotal > 0 && memoryUsed / memoryTotal >= full;
	const filled = say`${percent(memoryUsed / memoryTotal)} of its memory used, ${bytesOf(memoryUsed, memoryTotal)}`;
	return [
		...(isFull ? [about(fact, 'gpu-memory-full', {after: {warning: 0}, title: filled, evidence: heldBy(fact)})] : []),
		...(idleSince > 0
			? [
					about(fact, 'gpu-allocated-idle', {
						after: {warning: idleFor},
						since: idleSince,
						title: say`0 % used although ${join(holders.slice(0, 3).map(({shown}) => shown))} asked for it`,
						evidence: [say`utilisation 0 % at every look`],
					}),
				]
			: []),
	];
}

/** What is wrong with a device, as far as it is heard of. The same fact gives the same symptoms. */
export const deviceSymptoms = memoised((fact: DeviceFact): readonly Symptom[] =>
	isHeard(fact) ? [xidSymptoms, heatSymptoms, memorySymptoms, useSymptoms].flatMap(tell => tell(fact)) : [],
);
