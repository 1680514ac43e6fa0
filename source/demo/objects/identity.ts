import {createHash} from 'node:crypto';
import type {KubeObject} from '../model.ts';

/** The letters and digits Kubernetes makes generated names of: no vowels, nothing that looks like another. */
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

export type OwnerReference = NonNullable<KubeObject['metadata']['ownerReferences']>[number];

/** A uid made of what the object is, so that others can refer to it before it is stored. */
export function uidOf(...parts: readonly string[]): string {
	const hex = hash(parts);
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A generated name's ending that is the same for the same parts. */
export function endingOf(length: number, ...parts: readonly string[]): string {
	const hex = hash(parts);
	return Array.from({length}, (_, at) => alphabet[Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16) % alphabet.length]).join('');
}

/** A generated name's ending, drawn anew each time. */
export function drawEnding(random: () => number, length = 5): string {
	return Array.from({length}, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
}

/** 64 hex digits, as image and container ids have them. */
export function digestOf(...parts: readonly string[]): string {
	return hash(parts);
}

/** The reference a controller leaves on what it made. */
export function ownedBy(owner: KubeObject): OwnerReference {
	const {apiVersion, kind, metadata} = owner;
	return {apiVersion, kind, name: metadata.name, uid: metadata.uid ?? '', controller: true};
}

function hash(parts: readonly string[]): string {
	return createHash('sha256').update(parts.join('\0')).digest('hex');
}
