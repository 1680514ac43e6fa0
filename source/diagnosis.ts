/** What a slice says is wrong, and what it cannot judge: the words between the slices and `findings/`. Types and a few pure functions. */
import type {SafeText, Subject} from './vocabulary.ts';

/** Every finding there is, by the name people grep for; `findings/catalogue.ts` says what each of them means. */
export const findingIds = [
	'node-not-ready',
	'node-lease-late',
	'node-pressure',
	'node-memory-high',
	'node-cordoned',
	'node-rebooted',
	'node-version-skew',
	'etcd-quorum-at-risk',
	'etcd-not-voter',
	'etcd-even-voters',
	'control-plane-single',
	'vip-without-owner',
	'apiserver-unreachable',
	'apiserver-slow',
	'core-service-down',
	'controller-down',
	'webhook-down',
	'apiservice-unavailable',
	'critical-workload-down',
	'workload-short',
	'pods-unschedulable',
	'pods-failing',
	'volume-faulted',
	'volume-degraded',
	'volume-single-replica',
	'volume-node-pinned',
	'disk-full',
	'disk-unschedulable',
	'claim-pending',
	'claim-lost',
	'resize-stuck',
	'attachment-stuck',
	'csi-driver-missing',
	'storage-server-down',
	'storage-single-server',
	'default-class-ambiguous',
	'volume-released',
	'session-down',
	'session-flapping',
	'session-silent',
	'address-not-advertised',
	'address-pending',
	'pool-exhausted',
	'bgp-misconfigured',
	'backup-late',
	'backup-never-ran',
	'backup-failing',
	'backup-partial',
	'backup-stuck',
	'location-unavailable',
	'claim-not-backed-up',
	'backup-without-data',
	'backup-same-failure-domain',
	'not-offsite',
	'restore-unproven',
	'schedule-paused',
	'schedule-invalid',
	'retention-short',
	'repository-unmaintained',
	'gpu-missing',
	'gpu-error',
	'gpu-hot',
	'gpu-memory-failing',
	'gpu-memory-full',
	'gpu-allocated-idle',
	'gpu-exporter-absent',
	'certificate-expiring',
] as const;
export type FindingId = (typeof findingIds)[number];

/** `incident` pages and decides exit codes, `risk` is wrong every day, `note` is only shown. */
export type FindingClass = 'incident' | 'risk' | 'note';
export type Severity = 'critical' | 'warning';

/**
 * Something wrong that a slice sees now. It becomes a finding once it has lasted as long as it must; a slice says it from
 * the first moment, so that time is counted in one place only.
 */
export type Symptom = {
	readonly id: FindingId;
	/** What it is about, as shown: `nuc-2`, `media/jellyfin-config`, `tier-0`. One per id: with it, it is the finding's name. */
	readonly about: SafeText;
	readonly subject?: Subject;
	/** How many milliseconds it must have been true to be a warning, to be critical; 0 is at once, missing is never. */
	readonly after: {readonly warning?: number; readonly critical?: number};
	/** Since when by the object's own time stamps, epoch ms; 0 where nothing proves it. */
	readonly since: number;
	/** What is wrong, without its subject and its age: `kubelet silent`; `''` where the finding's name says it all. */
	readonly title: SafeText;
	/** What is said after the age: `feeds tier-0 and tier-1`. */
	readonly more?: SafeText;
	/** The title tells its own age: `recovery point 8h04 old, target 6h`. */
	readonly undated?: true;
	/** What proves it, one fact a line. */
	readonly evidence: readonly SafeText[];
	/** Names (`nameOf`) of the findings that would explain it, the nearest first. It is folded under the first that is raised. */
	readonly causes: readonly string[];
	/** Applications that people miss because of it: `jellyfin`. */
	readonly apps?: readonly SafeText[];
	/** How many things it stands for where they are said in one line (pods of a workload); 1. */
	readonly many?: number;
	/** How it is counted under its cause where the catalogue's words do not fit: one, several (`BGP session presumed down`). */
	readonly counted?: readonly [one: string, many: string];
	/** Where it is not of its catalogue's class: a location that feeds nothing is a risk. */
	readonly class?: FindingClass;
};

/** Findings that cannot be judged now: neither raised nor cleared, and said so. */
export type Blind = {
	readonly ids: readonly FindingId[];
	/** Only what is about these; missing: all of these ids. */
	readonly abouts?: ReadonlySet<string>;
	/** Which system cannot be seen: `gpu`, `storage`, `pods`; what `--optional` names. */
	readonly what: SafeText;
	/** Whose answer is missing, and why, in a sentence without a full stop. */
	readonly why: SafeText;
	/** True while it was never seen, rather than lost. */
	readonly loading: boolean;
	/** False where this system is not one that every cluster has, nor one that discovery shows. */
	readonly required: boolean;
};

/** Something people miss now (an application with nothing ready), and what would explain it (names of findings). */
export type Felt = {readonly app: SafeText; readonly causes: readonly string[]};

/** All that a slice says. The same facts give the same object. */
export type Diagnosis = {
	readonly symptoms: readonly Symptom[];
	readonly blind: readonly Blind[];
	readonly felt?: readonly Felt[];
};

/** The name of a finding: `node-not-ready:nuc-2`. */
export function nameOf(id: FindingId, about: string): string {
	return `${id}:${about}`;
}

/** Something that happened, for the timeline. */
export type Moment = {
	/** Epoch ms on the server's clock. */
	readonly at: number;
	/** `recorded`: a time stamp in the cluster says so; `seen`: we watched it happen. */
	readonly how: 'recorded' | 'seen';
	/** What it happened to, as shown, and as a subject where an object stands behind it. */
	readonly about: SafeText;
	readonly subject?: Subject;
	/** What happened, without its subject: `Ready turned Unknown (NodeStatusUnknown)`. */
	readonly text: SafeText;
	/** True for what somebody changed (a rollout, a restart, a new release), rather than what followed from it. */
	readonly isChange: boolean;
};
