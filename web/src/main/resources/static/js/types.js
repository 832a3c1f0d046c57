// @ts-check
/**
 * The shapes the API answers with, as far as the pages use them. openapi.yaml is the contract.
 *
 * @typedef {'MET'|'NOT_MET'|'INSUFFICIENT_DATA'|'NOT_APPLICABLE'|'NO_RULE'} Outcome
 * @typedef {{code: string, zh: string, en: string}} Sentence
 * @typedef {{name: string, nameEn: string}} Named
 * @typedef {{username: string, role: string, region?: string|null, mustChange?: boolean}} Account
 * @typedef {{simulated: boolean, publicView: boolean, languages: string[], root: string|null, profile: string|null,
 *   asOf: string, newest: string|null, version: string, account?: Account, setup?: boolean, judging: number, ground?: string|null, oidc?: Named}} Context
 * @typedef {{key: string, zh: string, en: string, value: string, unit: string, projectDefault: boolean}} Figure
 * @typedef {'SCHOOL'|'COUNTY'} RuleLevel
 * @typedef {{reason: string, reasonEn: string, threshold: number|null, schoolsPercent: number|null, article: string,
 *   articleEn: string}} Tightened
 * @typedef {{id: string, target: string, targetTitle: string, targetTitleEn: string, level: RuleLevel, headline: boolean,
 *   indicator: string, tier: string|null, title: string, titleEn: string, quote: string|null, source: string,
 *   sourceEn: string, article: string, articleEn: string, threshold: number|null, unit: string, targetDefault: boolean,
 *   schoolsPercent: number|null, conditions: (Sentence & {projectDefault: boolean})[], defaults: Figure[],
 *   note: string|null, noteEn: string|null, inheritedFrom: {profile: string, version: string}|null,
 *   tightened: Tightened|null}} Rule
 * @typedef {{id: string, title: string, titleEn: string, version: string, issued: string|null, active: boolean,
 *   source: string, sourceEn: string, parents: {id: string, version: string}[], rules: Rule[], defaults: Figure[]}} Profile
 * @typedef {Named & {code: string, level: string, parent: string|null, schools: number}} Region
 * @typedef {{inScope: number, met: number, notMet: number, insufficient: number, notApplicable: number, disputed?: number,
 *   rateLow: number|null, rateHigh: number|null, conclusion: string}} Counts
 * @typedef {Counts & {rule: string, target: string, tier: string|null, level: RuleLevel, value: number|null,
 *   threshold: number|null, unit: string|null}} RuleCounts
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
 * @typedef {'ON'|'STANDBY'|'OFF'|'FAULT'|'UNREACHABLE'} MachineState
 * @typedef {Reading & {uptimeSeconds: number|null, state: MachineState|null, lampHours: number|null,
 *   filterHours: number|null, faultBits: number|null}} Terminal
 * @typedef {Reading & {state: MachineState|null}} Seat
 * @typedef {{name: string, grade: number, platformDeclared: boolean, terminals: Terminal[]}} SchoolClass
 * @typedef {{name: string, registered: number, on: number, usable: number, unknown: number, seats: Seat[]}} Room
 * @typedef {{date: string, minutes: number, lessonMinutes: number, times: number, firstOn: string|null,
 *   lastOff: string|null, faults: number, faultBits: number}} UseDay
 * @typedef {{from: string, to: string, days: {date: string, schoolDay: boolean, lessonMinutes: number}[],
 *   classes: {name: string, grade: number, days: UseDay[]}[]}} PowerOn
 * @typedef {{id: string, kind: string, lastSeen: string|null, connected: boolean}} Agent
 * @typedef {Named & {code: string, region: string, regionName: string, regionNameEn: string, stage: string, tier: string,
 *   ownership: string, setting: string, students: number, teachers: number, classCount: number, medium: string|null,
 *   isp: string|null, contractMbps: number|null, eduNetwork: boolean|null, state: string, lastSeen: string|null,
 *   agents: Agent[], links: Link[], classes: SchoolClass[], rooms: Room[],
 *   others: (Reading & {connectMillis?: number|null, responseMillis?: number|null})[]}} School
 * @typedef {{subject: string, name: string, school: string|null, schoolName: string|null, schoolNameEn: string|null,
 *   up: boolean|null, reason: string|null, seen: string, since: string|null, rttMillis: number|null,
 *   lossShare: number|null, connectMillis: number|null, lossShareOfDay: number|null,
 *   path: {viaDistrict: boolean|null, vpn: boolean|null, hops: number|null, reason: string|null, seen: string}|null}} Partner
 * @typedef {{part: 'MEDIUM'|'BANDWIDTH'|'NETWORK', line: string, campus: string|null, campusName: string|null,
 *   campusNameEn: string|null, state: 'HOLDS'|'FAILS'|'UNKNOWN', value: number|null, unit: string,
 *   because: Sentence[]}} VerdictPart
 * @typedef {{rule: string, level: RuleLevel, headline: boolean, verdict: Outcome, evidence: string, disputed: boolean,
 *   value: number|null, threshold: number|null, unit: string, window: {from: string, to: string}, samples: number,
 *   because: Sentence[], parts: VerdictPart[], missing: string[], passShare: number|null, passShareLow95: number|null, objection: Objection|null,
 *   profileVersion: string, calendarVersion: string}} SchoolVerdict
 * @typedef {{of: string, stage: string, schools: number, students: number, mean: number|null, deviation: number|null,
 *   coefficient: number|null, rule: string|null, limit: number|null, outcome: Outcome, note: string,
 *   leftOut: {school: string, why: string}[]}} Coefficient
 * @typedef {{name: string, inScope: number, met: number, notMet: number, insufficient: number, rateLow: number|null,
 *   rateHigh: number|null, classesMet: number, classes: number}} Side
 * @typedef {{from: string, to: string, points: number|null, least: number|null, most: number|null,
 *   ofClasses: number|null}} Difference
 * @typedef {{rule: string, divide: 'SETTING'|'OWNERSHIP'|'STAGE', sides: Side[], differences: Difference[]}} Gap
 * @typedef {{by: string, percent: number}} PlanStep
 * @typedef {{source: string, sourceEn: string, projectDefault: boolean, steps: PlanStep[], schools: number, met: number,
 *   planned: number, actual: number|null, deviation: number|null, missingNow: number, next: PlanStep|null,
 *   missingForNext: number}} PlanProgress
 * @typedef {{region: string, profile: string, at: string, coefficients: Coefficient[], gaps: Gap[],
 *   plan: PlanProgress|null}} Balance
 * @typedef {'PRESENT'|'ABSENT'|'DISPUTED'|'NO_DATA'|'NO_SCHOOL'} RollMark
 * @typedef {{called: number, present: number, absent: number, disputed: number, noData: number}} Roll
 * @typedef {{mark: RollMark, up: number, down: number, unknown: number, planned: number, lessonMinutes: number,
 *   because: number[]}} SheetCell
 * @typedef {{date: string, roll: Roll}} SheetColumn
 * @typedef {{presentPercent: number, knownPercent: number, projectDefault: boolean}} SheetThresholds
 * @typedef {{region: string, profile: string, at: string, sort: 'WORST'|'NAME', whole: boolean, thresholds: SheetThresholds,
 *   columns: SheetColumn[], reasons: Sentence[], total: number, items: (Named & {code: string, region: string,
 *   regionName: string, regionNameEn: string, cells: SheetCell[]})[]}} RegionSheet
 * @typedef {{campus: string|null, campusName: string|null, campusNameEn: string|null, room: string|null,
 *   columns: SheetColumn[], rows: {name: string, grade: number|null, cells: SheetCell[]}[]}} SheetGroup
 * @typedef {Named & {school: string, region: string, profile: string, at: string, thresholds: SheetThresholds,
 *   neverSeenDays: number, neverSeenLeastDays: number, columns: SheetColumn[], reasons: Sentence[], line: SheetCell[],
 *   classes: SheetGroup[], rooms: SheetGroup[], rowsLeftOut: number}} SchoolSheet
 * @typedef {{t: string, min: number|null, mean: number|null, max: number|null, p95: number|null, count: number}} Point
 * @typedef {{unit: string, stepSeconds: number, points: Point[], lessons?: {from: string, to: string}[]}} Series
 * @typedef {{account: string, at: string, comment: string}} ProblemNote
 * @typedef {{id: string, kind: string, state: 'OPEN'|'ACKNOWLEDGED'|'PLANNED', region: string, regionName: string,
 *   regionNameEn: string, schoolCount: number, schools: (Named & {code: string})[], subject: string|null, name: string|null,
 *   space: string|null, since: string, sinceKnown: string, zh: string, en: string, nextZh: string, nextEn: string,
 *   behind: {count: number, subjects: string[]}, classes: number, minutesToday: number, minutesWeek: number, impact: number,
 *   acknowledged: ProblemNote|null, ticket: {number: string, assignee: string, state: string}|null, comments: number}} ProblemItem
 * @typedef {{total: number, open: number, acknowledged: number, planned: number, items: ProblemItem[]}} Problems
 * @typedef {{id: string, school: string, schoolName: string, schoolNameEn: string, faults: string[], lastSeen: string|null,
 *   spoolReports: number|null, clockSkewSeconds: number|null, version: string|null, reason: string|null}} AgentItem
 * @typedef {{id: number, school: string, schoolName: string, schoolNameEn: string, mac: string, address: string, name: string,
 *   description: string, foundBy: string[], seenAt: string, suggestedKind: string, firstSeen: string, lastSeen: string}} FoundItem
 * @typedef {{school: string, schoolName: string, schoolNameEn: string, subject: string, registered: boolean, space: string|null,
 *   address: string|null, probe: string|null, seen: string|null, reason: string|null, measures: Record<string, number>}} DeviceNow
 * @typedef {{id: number, state: string, date: string, at: string}} Objection
 * @typedef {{profile: string, rule: string, date: string, verdict: Outcome, evidence: string, disputed: boolean, value: number|null,
 *   threshold: number|null, unit: string, samples: number, from: string, to: string, profileVersion: string,
 *   calendarVersion: string}} JudgedThen
 * @typedef {{id: number, kind: 'RECHECK'|'OBJECTION', state: string, waiting: boolean, school: string, schoolName: string,
 *   schoolNameEn: string, regionName: string, regionNameEn: string, text: string, account: string, at: string, changed: string,
 *   judged: JudgedThen, files: number, mayAnswer: boolean, mayWithdraw: boolean}} RequestItem
 * @typedef {{files: number, bytes: number, types: string[]}} EvidenceLimits
 * @typedef {{id: number, school: string, schoolName: string, schoolNameEn: string, regionName: string, regionNameEn: string, profile: string,
 *   rule: string, date: string, value: number|null, threshold: number|null, unit: string, person: string, measure: string, deadline: string,
 *   state: string, overdue: boolean, done: string|null, failedRetests: number, closed: string|null, account: string, at: string, changed: string,
 *   maySayDone: boolean, mayCancel: boolean, mayChange: boolean, firstDeadline: string|null, steps: {state: string, account: string, at: string, text: string}[]}} Task
 * @typedef {{total: number, mayMake: boolean, summary: {open: number, done: number, overdue: number, closedInTime: number,
 *   closedOrOverdue: number}, failing: {rule: string, schools: number}[], items: Task[]}} Tasks
 * @typedef {{mayMake: boolean, failing: {rule: string, indicator: string}[], items: Task[]}} SchoolTasks
 * @typedef {{id: number, region: string, regionName: string, regionNameEn: string, seed: string, of: number, date: string, account: string,
 *   at: string, schools: {school: string, name: string, nameEn: string, found: string, note: string, account: string}[]}} Sample
 * @typedef {{total: number, items: Sample[]}} Samples
 * @typedef {{total: number, rechecks: number, objections: number, limits: EvidenceLimits, items: RequestItem[]}} Requests
 * @typedef {{request: RequestItem, steps: {state: string, account: string, at: string, text: string}[],
 *   files: {id: number, name: string, type: string, bytes: number, account: string, at: string}[],
 *   limits: EvidenceLimits}} RequestWhole
 * @typedef {{item: string, number: number, zh: string, en: string, required: {zh: string, en: string}, evidence: {zh: string, en: string},
 *   rules: {rule: string, verdict: Outcome, evidence: string, disputed: boolean, value: number|null, threshold: number|null, unit: string,
 *     samples: number, from: string, to: string, because: {zh: string, en: string}}[],
 *   measured: {zh: string, en: string}[], registered: {zh: string, en: string}[],
 *   declared: {indicator: string, zh: string, en: string, kind: string, max: number, value: string|null, asOf: string|null,
 *     certified: boolean}[],
 *   stated: boolean, outcome: Outcome|null,
 *   notes: {statement: string, difference: string, evidence: string, measures: string, person: string, deadline: string|null},
 *   account: string|null, changed: string|null}} SelfCheckItem
 * @typedef {{head: Named & {school: string, regionName: string, regionNameEn: string, stage: string, ownership: string, tier: string,
 *   students: number, classes: number, teachers: number, teachersUpTo45: number|null}, round: string, date: string, profile: string,
 *   profileVersion: string, state: string, mayEdit: boolean, account: string, changed: string|null, items: SelfCheckItem[],
 *   steps: {state: string, account: string, at: string, text: string, sha256: string|null}[], next: string[], kept: boolean}} SelfCheck
 * @typedef {{id: number, kind: string, kindZh: string, kindEn: string, title: string, unit: string, unitName: string, unitNameEn: string,
 *   school: boolean, profile: string, date: string, snapshot: number, snapshotSha256: string, sha256: string, account: string, source: string,
 *   at: string, scans: {version: number, name: string, type: string, bytes: number, sha256: string, account: string, at: string}[]}} MadeDocument
 * @typedef {{total: number, kinds: {id: string, zh: string, en: string, region: boolean, school: boolean}[], items: MadeDocument[]}} MadeDocuments
 * @typedef {{region: string, name: string, nameEn: string, profile: string, at: string, now: string, newest: string|null,
 *   targets: {target: string, zh: string, en: string, met: number, notMet: number, insufficient: number}[],
 *   heard: {live: number, all: number},
 *   causes: {open: number, items: {id: string, kind: string, state: string, zh: string, en: string, places: Named[], schools: number,
 *     since: string, classes: number}[]}|null, map: any}} Wall
 */
export {};
