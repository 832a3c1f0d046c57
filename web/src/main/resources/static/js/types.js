// @ts-check
/**
 * The shapes the API answers with, as far as the pages use them. openapi.yaml is the contract.
 *
 * @typedef {'MET'|'NOT_MET'|'INSUFFICIENT_DATA'|'NOT_APPLICABLE'|'NO_RULE'} Outcome
 * @typedef {{code: string, zh: string, en: string}} Sentence
 * @typedef {{name: string, nameEn: string}} Named
 * @typedef {{username: string, role: string, region?: string|null}} Account
 * @typedef {{simulated: boolean, publicView: boolean, languages: string[], root: string|null, profile: string|null,
 *   asOf: string, newest: string|null, version: string, account?: Account}} Context
 * @typedef {{key: string, zh: string, en: string, value: string, unit: string, projectDefault: boolean}} Figure
 * @typedef {{profile: string, article: string, articleEn: string, conditions: Sentence[], reason: string, reasonEn: string}} Tightens
 * @typedef {{id: string, target: string, targetTitle: string, targetTitleEn: string, tier: string|null, title: string,
 *   titleEn: string, quote: string|null, quoteEn?: string, source: string, article: string, articleEn: string,
 *   threshold: number|null, unit: string, targetDefault: boolean, note: string|null, noteEn: string|null,
 *   origin: {profile: string, version: string, tightens: Tightens|null},
 *   conditions: (Sentence & {projectDefault: boolean})[], defaults: Figure[]}} Rule
 * @typedef {{id: string, title: string, titleEn: string, version: string, issued: string|null, active: boolean,
 *   rules: Rule[], defaults?: Figure[]}} Profile
 * @typedef {Named & {code: string, level: string, parent: string|null, schools: number}} Region
 * @typedef {{inScope: number, met: number, notMet: number, insufficient: number, notApplicable: number, disputed?: number,
 *   rateLow: number|null, rateHigh: number|null, conclusion: string}} Counts
 * @typedef {Counts & {rule: string, target: string, tier: string|null}} RuleCounts
 * @typedef {Counts & {target: string}} TargetCounts
 * @typedef {Named & {region: string, targets: TargetCounts[]}} Division
 * @typedef {{region: string, profile: string, at: string, rules: RuleCounts[], targets: TargetCounts[],
 *   thresholds: {basically: number, fully: number, projectDefault: boolean}, divisions: Division[]}} Summary
 * @typedef {Sentence & {rule: string, verdict: Outcome, disputed: boolean}} SchoolReason
 * @typedef {Named & {code: string, region: string, regionName: string, regionNameEn: string, tier: string, ownership: string,
 *   state: string, lastSeen: string|null, verdict: Outcome, disputed: boolean, verdicts: Record<string, Outcome>,
 *   reasons: SchoolReason[]}} SchoolItem
 * @typedef {{subject: string, name: string, up: boolean|null, reason: string|null, seen: string|null}} Reading
 * @typedef {Reading & {speedBitsPerSecond: number|null, inBitsPerSecond: number|null, outBitsPerSecond: number|null}} Link
 * @typedef {Reading & {uptimeSeconds: number|null}} Terminal
 * @typedef {{name: string, grade: number, platformDeclared: boolean, terminals: Terminal[]}} SchoolClass
 * @typedef {{name: string, seats: Reading[]}} Room
 * @typedef {{id: string, kind: string, lastSeen: string|null, connected: boolean}} Agent
 * @typedef {Named & {code: string, region: string, regionName: string, regionNameEn: string, stage: string, tier: string,
 *   ownership: string, setting: string, students: number, teachers: number, classCount: number, medium: string|null,
 *   isp: string|null, contractMbps: number|null, eduNetwork: boolean|null, state: string, lastSeen: string|null,
 *   agents: Agent[], links: Link[], classes: SchoolClass[], rooms: Room[],
 *   others: (Reading & {connectMillis?: number|null})[]}} School
 * @typedef {{rule: string, verdict: Outcome, evidence: string, disputed: boolean, value: number|null, threshold: number|null,
 *   unit: string, window: {from: string, to: string}, samples: number, because: Sentence[], profileVersion: string,
 *   calendarVersion: string}} SchoolVerdict
 * @typedef {{t: string, min: number|null, mean: number|null, max: number|null, p95: number|null, count: number}} Point
 * @typedef {{unit: string, stepSeconds: number, points: Point[], lessons?: {from: string, to: string}[]}} Series
 */
export {};
