import type {ResourceType} from '../../model.ts';
import {ageColumn, type ColumnTable, nameColumn, type TableColumn} from './cells.ts';
import {configColumns} from './config-columns.ts';
import {nodeColumns} from './node-columns.ts';
import {podColumns} from './pod-columns.ts';
import {storageColumns} from './storage-columns.ts';
import {workloadColumns} from './workload-columns.ts';

const builtin: ColumnTable = {'pods.': podColumns, ...nodeColumns, ...storageColumns, ...workloadColumns, ...configColumns};

/** The columns of a resource's Table: built-in ones as the real server prints them, else name, its own columns and age. */
export function columnsOf(resource: ResourceType): readonly TableColumn[] {
	const known = resource.custom ? undefined : builtin[`${resource.plural}.${resource.group}`];
	if (known) return known;
	const own = resource.columns ?? [];
	return [nameColumn, ...own, ...(own.some(column => column.name === 'Age') ? [] : [ageColumn])];
}
