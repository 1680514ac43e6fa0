import {safeText} from '../cluster/safe-text.ts';
import {own, type SafeText, say} from '../vocabulary.ts';
import {join} from '../words.ts';
import type {Condition} from './node.ts';

const words: Readonly<Record<string, SafeText>> = {
	MemoryPressure: own('memory pressure'),
	DiskPressure: own('disk pressure'),
	PIDPressure: own('pid pressure'),
	NetworkUnavailable: own('no network'),
	GracefulNodeShutdownInProgress: own('shutting down'),
	DrainInProgress: own('draining'),
	Drained: own('drained'),
	MaintenancePlanned: own('maintenance planned'),
	MaintenanceInProgress: own('in maintenance'),
};

/** What a condition that is True means: `disk pressure`. */
export const inWords = (type: SafeText): SafeText => words[type] ?? type;

const nextWord = /(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g;

/** A reason as words: `NotAMember` is `not a member`. */
export const asWords = (reason: SafeText): SafeText => own(reason.replaceAll(nextWord, ' ').toLowerCase());

/** A condition as evidence: `Ready Unknown: NodeStatusUnknown: Kubelet stopped posting node status.` */
export const conditionWords = ({type, status, reason, message}: Condition): SafeText =>
	safeText(join([say`${type} ${own(status)}`, reason, message], ': '), 100);
