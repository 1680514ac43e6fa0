import {entries, instant, items, name, type Raw} from '../../../cluster/raw.ts';
import type {KubeObject} from '../../model.ts';

export type Cell = string | number | boolean | null;

/** One column of a Table. `of` makes its cell; `now` is epoch milliseconds of played time. */
export type TableColumn = {
	readonly name: string;
	readonly type?: string;
	readonly format?: string;
	readonly description?: string;
	/** 1 is shown with `-o wide` only. */
	readonly priority?: number;
	readonly of: (object: KubeObject, now: number) => Cell;
};

/** Columns by `plural.group`. */
export type ColumnTable = Readonly<Record<string, readonly TableColumn[]>>;

export const raw = (object: KubeObject) => object as unknown as Raw;

/** A column out of a field; `none` where it is missing. */
export function field(title: string, of: (object: Raw) => Raw | undefined, none = '', priority = 0): TableColumn {
	return {name: title, priority, of: object => name(of(raw(object))) || none};
}

export function count(title: string, of: (object: Raw) => Raw | undefined): TableColumn {
	return {name: title, type: 'integer', of: object => Number(of(raw(object)) ?? 0)};
}

export const nameColumn: TableColumn = {
	name: 'Name',
	format: 'name',
	description: 'Name must be unique within a namespace.',
	of: object => object.metadata.name,
};

export const ageColumn: TableColumn = {
	name: 'Age',
	description: 'CreationTimestamp is a timestamp representing the server time when this object was created.',
	of: (object, now) => since(object.metadata.creationTimestamp as unknown as Raw, now),
};

export function wide(column: TableColumn): TableColumn {
	return {...column, priority: 1};
}

/** How long ago, as kubectl says it. */
export function since(time: Raw | undefined, now: number): string {
	const at = instant(time);
	return at === 0 ? '<unknown>' : humanDuration((now - at) / 1000);
}

/** Seconds as `HumanDuration` of apimachinery writes them: two or three significant figures. */
export function humanDuration(exact: number): string {
	const seconds = Math.trunc(exact);
	if (seconds < -1) return '<invalid>';
	if (seconds < 120) return `${Math.max(0, seconds)}s`;
	const minutes = Math.floor(seconds / 60);
	if (minutes < 10) return two(minutes, 'm', seconds % 60, 's');
	if (minutes < 180) return `${minutes}m`;
	const hours = Math.floor(minutes / 60);
	if (hours < 8) return two(hours, 'h', minutes % 60, 'm');
	if (hours < 48) return `${hours}h`;
	const days = Math.floor(hours / 24);
	if (days < 8) return two(days, 'd', hours % 24, 'h');
	const years = Math.floor(days / 365);
	if (years < 2) return `${days}d`;
	return years < 8 ? two(years, 'y', days % 365, 'd') : `${years}y`;
}

function two(big: number, bigUnit: string, small: number, smallUnit: string): string {
	return small === 0 ? `${big}${bigUnit}` : `${big}${bigUnit}${small}${smallUnit}`;
}

/** `a=b,c=d` */
export function labelText(labels: Raw | undefined): string {
	const pairs = entries(labels).map(([key, value]) => `${key}=${name(value)}`);
	return pairs.length === 0 ? '<none>' : pairs.sort().join(',');
}

/** Columns that name the containers of a pod template and their images. */
export function containerColumns(template: (object: Raw) => Raw | undefined): TableColumn[] {
	const list = (key: string) => (object: KubeObject) =>
		items(template(raw(object))?.spec?.containers)
			.map(container => name(container[key]))
			.join(',');
	return [wide({name: 'Containers', of: list('name')}), wide({name: 'Images', of: list('image')})];
}

/** The labels a workload selects by. */
export const selectorColumn = wide({name: 'Selector', of: object => labelText(raw(object).spec?.selector?.matchLabels)});
