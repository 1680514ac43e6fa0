import type {Blind, Diagnosis} from '../diagnosis.ts';
import type {Settings} from '../settings.ts';
import {memoised} from '../vocabulary.ts';
import {backupsBlind, paging} from './blindness.ts';
import type {BackupsFacts} from './facts.ts';
import type {LocationFact} from './location.ts';
import {type Beside, locationSymptoms} from './location-symptoms.ts';
import type {BackupTier} from './tier.ts';
import {tierRisks} from './tier-risks.ts';
import {tierSymptoms} from './tier-symptoms.ts';
import {claimsNotBackedUp, repositoriesUnmaintained} from './upkeep-risks.ts';

/** Remembers what was said of each fact, for as long as servers and settings stay the same. */
const sayings = memoised((servers: BackupsFacts['servers']) =>
	memoised((settings: Settings) => {
		const beside: Beside = {servers, aliases: settings.aliases};
		return {
			pages: memoised(tierSymptoms),
			risks: memoised((tier: BackupTier) => tierRisks(tier, beside, settings.tiers)),
			ofLocation: memoised((location: LocationFact) => locationSymptoms(location, beside)),
			ofClaims: memoised((claims: BackupsFacts['uncovered']) => claimsNotBackedUp(claims, settings.notBackedUp)),
			ofRepositories: memoised(repositoriesUnmaintained),
		};
	}),
);

function diagnose(facts: BackupsFacts, settings: Settings): Diagnosis {
	const {tiers, locations, uncovered, unmaintained, servers} = facts;
	const {pages, risks, ofLocation, ofClaims, ofRepositories} = sayings(servers)(settings);
	const ofLocations = locations.flatMap(ofLocation);
	const blind = backupsBlind(facts, settings.tiers);
	if (settings.stateless)
		return {
			symptoms: [...tiers.flatMap(pages), ...ofLocations.filter(({id, class: kind}) => paging.has(id) && kind !== 'risk')],
			blind: blind.map(pagingOnly).filter(({ids}) => ids.length > 0),
		};
	return {
		symptoms: [
			...tiers.flatMap(pages),
			...ofLocations,
			...tiers.flatMap(risks),
			...ofClaims(uncovered),
			...ofRepositories(unmaintained),
		],
		blind,
	};
}

const pagingOnly = (blind: Blind): Blind => ({...blind, ids: blind.ids.filter(id => paging.has(id))});

const bySettings = memoised((settings: Settings) => memoised((facts: BackupsFacts) => diagnose(facts, settings)));

/** What is wrong with the backups. The same facts and settings give the same object. */
export function diagnoseBackups(facts: BackupsFacts, settings: Settings): Diagnosis {
	return bySettings(settings)(facts);
}
