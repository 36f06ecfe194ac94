/**
 * Gaps for the in-memory host: a handful of probes, just enough that badges, lists and counts have something true to
 * show while one draws. The rules themselves are in the analysis of the real program, not here.
 */
import type {
  ChannelView,
  Edit,
  FixView,
  GapDetailView,
  NotAssessedView,
  PlaceView,
  StageSummaryView,
} from "../bindings";
import type { GapReport } from "../host";
import type { GapView, TouchpointRecord } from "../rows";
import type { Records } from "./records";
import { isOn, needs, quoted, ruleName, sentence, threshold } from "./rules";

/** A gap as a probe finds it, with the edits of its fixes. */
type Found = Omit<GapView, "ruleName" | "dismissed" | "stages" | "noStage"> & {
  stages?: string[];
  affects?: string[];
  fixes: { title: string; edits: Edit[]; fillIn?: PlaceView }[];
};

type Look = { records: Records; channels: ReadonlyMap<string, ChannelView> };
type Probe = (look: Look) => Found[];

const blank = { links: [] as string[], evidence: { kind: "none" } as const };

function isEntry(touchpoint: TouchpointRecord, look: Look): boolean {
  if (touchpoint.entry !== null) return touchpoint.entry;
  return touchpoint.kind === "driver" && (look.channels.get(touchpoint.channel ?? "")?.entry ?? false);
}

const noDestination: Probe = ({ records }) => {
  if (records.touchpoints.some((touchpoint) => touchpoint.kind === "destination")) return [];
  return [
    {
      ...blank,
      key: "no-destination",
      rule: "no-destination",
      severity: "high",
      touchpoints: [],
      message: sentence("no-destination", {}),
      fixes: [],
    },
  ];
};

const orphanDriver: Probe = (look) =>
  look.records.touchpoints
    .filter((touchpoint) => touchpoint.kind === "driver" && !isEntry(touchpoint, look))
    .filter((touchpoint) => !look.records.links.some((link) => link.to === touchpoint.id))
    .map((touchpoint) => ({
      ...blank,
      key: `orphan-driver:${touchpoint.id}`,
      rule: "orphan-driver",
      severity: "high",
      touchpoints: [touchpoint.id],
      message: sentence("orphan-driver", { touchpoint: quoted(touchpoint.name) }),
      fixes: [
        {
          title: "Mark as an entry: people come in here",
          edits: [{ op: "set", entity: "touchpoint", id: touchpoint.id, field: "entry", value: true }],
        },
      ],
    }));

const destinationUnreached: Probe = (look) => {
  const reached = reachable(
    look.records,
    look.records.touchpoints.filter((touchpoint) => isEntry(touchpoint, look)).map((touchpoint) => touchpoint.id),
  );
  return look.records.touchpoints
    .filter((touchpoint) => touchpoint.kind === "destination" && !reached.has(touchpoint.id))
    .map((touchpoint) => ({
      ...blank,
      key: `destination-unreached:${touchpoint.id}`,
      rule: "destination-unreached",
      severity: "high",
      touchpoints: [touchpoint.id],
      evidence: { kind: "component" },
      message: sentence("destination-unreached", { touchpoint: quoted(touchpoint.name) }),
      fixes: [],
    }));
};

function reachable(records: Records, from: readonly string[]): Set<string> {
  const next = new Map<string, string[]>();
  for (const link of records.links) next.set(link.from, [...(next.get(link.from) ?? []), link.to]);
  const seen = new Set(from);
  const queue = [...from];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (const target of next.get(id) ?? []) {
      if (!seen.has(target)) {
        seen.add(target);
        queue.push(target);
      }
    }
  }
  return seen;
}

const stageEmpty: Probe = ({ records }) =>
  records.touchpoints.length === 0
    ? []
    : records.stages
        .filter((stage) => !records.touchpoints.some((touchpoint) => touchpoint.stage === stage.id))
        .map((stage) => ({
          ...blank,
          key: `stage-empty:${stage.id}`,
          rule: "stage-empty",
          severity: "high",
          stages: [stage.id],
          touchpoints: [],
          message: sentence("stage-empty", { stage: quoted(stage.name) }),
          fixes: [],
        }));

const noCallToAction: Probe = ({ records }) =>
  records.touchpoints
    .filter((touchpoint) => touchpoint.kind === "driver" && touchpoint.deliberate_end !== true && !touchpoint.cta)
    .filter((touchpoint) => !records.links.some((link) => link.from === touchpoint.id && link.cta))
    .map((touchpoint) => ({
      ...blank,
      key: `no-call-to-action:${touchpoint.id}`,
      rule: "no-call-to-action",
      severity: "high",
      touchpoints: [touchpoint.id],
      message: sentence("no-call-to-action", { touchpoint: quoted(touchpoint.name) }),
      fixes: [
        {
          title: "Name what people should do",
          edits: [],
          fillIn: { entity: "touchpoint", id: touchpoint.id, field: "cta" },
        },
        {
          title: "Call to action: “Learn more”",
          edits: [{ op: "set", entity: "touchpoint", id: touchpoint.id, field: "cta", value: "Learn more" }],
        },
      ],
    }));

const noPickUp: Probe = ({ records, channels }) => {
  const byId = new Map(records.touchpoints.map((touchpoint) => [touchpoint.id, touchpoint]));
  const fact = (touchpoint: TouchpointRecord | undefined) => channels.get(touchpoint?.channel ?? "");
  return records.links
    .filter((link) => byId.get(link.from)?.kind === "driver" && !link.code)
    .filter((link) => fact(byId.get(link.from))?.tracked === false)
    .filter((link) => fact(byId.get(link.to))?.tracked === true && !fact(byId.get(link.to))?.pickUp)
    .map((link) => ({
      ...blank,
      key: `no-pick-up:${link.id}`,
      rule: "no-pick-up",
      severity: "medium",
      touchpoints: [link.from, link.to],
      links: [link.id],
      evidence: { kind: "path", touchpoints: [link.from, link.to], links: [link.id], days: null, limit: null },
      message: sentence("no-pick-up", {
        from: quoted(byId.get(link.from)?.name),
        to: quoted(byId.get(link.to)?.name),
      }),
      fixes: [
        {
          title: "Give the link a code",
          edits: [{ op: "set", entity: "link", id: link.id, field: "code", value: "SCAN" }],
        },
      ],
    }));
};

const broadcastOnly: Probe = ({ records, channels }) =>
  records.stages.flatMap((stage) => {
    const members = records.touchpoints.filter((touchpoint) => touchpoint.stage === stage.id);
    if (members.length === 0 || members.some((member) => channels.get(member.channel ?? "")?.twoWay)) return [];
    return [
      {
        ...blank,
        key: `stage-broadcast-only:${stage.id}`,
        rule: "stage-broadcast-only",
        severity: "low" as const,
        stages: [stage.id],
        touchpoints: members.map((member) => member.id),
        message: sentence("stage-broadcast-only", { stage: quoted(stage.name) }),
        fixes: [],
      },
    ];
  });

const audienceUnserved: Probe = ({ records }) => {
  if (!records.touchpoints.some((touchpoint) => touchpoint.audiences.length > 0)) return [];
  return records.audiences.flatMap((audience) =>
    records.stages.flatMap((stage) => {
      const members = records.touchpoints.filter((touchpoint) => touchpoint.stage === stage.id);
      const [first] = members;
      if (!first || members.some((member) => member.audiences.includes(audience.id))) return [];
      return [
        {
          ...blank,
          key: `audience-unserved:${audience.id},${stage.id}`,
          rule: "audience-unserved",
          severity: "medium" as const,
          stages: [stage.id],
          touchpoints: [],
          message: sentence("audience-unserved", { stage: quoted(stage.name), audience: quoted(audience.name) }),
          fixes: [
            {
              title: `Let “${first.name}” speak to “${audience.name}” too`,
              edits: [
                {
                  op: "set" as const,
                  entity: "touchpoint" as const,
                  id: first.id,
                  field: "audiences",
                  value: [...first.audiences, audience.id],
                },
              ],
            },
            {
              title: "Say for whom another touchpoint is",
              edits: [],
              fillIn: { entity: "touchpoint" as const, id: (members[1] ?? first).id, field: "audiences" },
            },
          ],
        },
      ];
    }),
  );
};

const channelDominates: Probe = ({ records, channels }) => {
  const total = records.touchpoints.reduce((sum, row) => sum + (row.budget ?? 0), 0);
  if (total === 0) return [];
  const sums = new Map<string, number>();
  for (const row of records.touchpoints) {
    if (row.channel && row.budget) sums.set(row.channel, (sums.get(row.channel) ?? 0) + row.budget);
  }
  const shares = [...sums].sort((a, b) => b[1] - a[1]);
  const largest = shares[0];
  if (!largest || largest[1] / total <= threshold(records.map.rules, "channel-dominates", "max_share")) return [];
  const members = records.touchpoints.filter((row) => row.channel === largest[0]).map((row) => row.id);
  return [
    {
      ...blank,
      key: "channel-dominates",
      rule: "channel-dominates",
      severity: "medium",
      touchpoints: members,
      evidence: {
        kind: "shares",
        shares: shares.map(([channel, sum]) => ({ label: channel, share: sum / total })),
        stages: [],
      },
      message: sentence("channel-dominates", {
        largest: channels.get(largest[0])?.name ?? quoted(largest[0]),
        share: `${Math.round((largest[1] / total) * 1000) / 10} %`,
      }),
      fixes: [
        {
          title: "Enter what others cost",
          edits: [],
          fillIn: { entity: "touchpoint", id: members[0] ?? "", field: "budget" },
        },
      ],
    },
  ];
};

const probes: readonly Probe[] = [
  noDestination,
  destinationUnreached,
  orphanDriver,
  stageEmpty,
  noCallToAction,
  noPickUp,
  broadcastOnly,
  audienceUnserved,
  channelDominates,
];

type Detail = Omit<GapDetailView, "fixes"> & { fixes: (FixView & { edits: Edit[] })[] };
export type Analysis = { report: GapReport; details: Map<string, Detail> };

export function analyse(records: Records, channels: ReadonlyMap<string, ChannelView>, revision: number): Analysis {
  const settings = records.map.rules;
  const found = probes
    .flatMap((probe) => probe({ records, channels }))
    .filter((gap) => isOn(settings, gap.rule))
    .map((gap) => ({ ...gap, severity: settings[gap.rule]?.severity ?? gap.severity }));
  const details = new Map(found.map((gap) => [gap.key, detailOf(gap, revision)]));
  const reported = found.map(({ fixes: _, affects: __, ...gap }): GapView => {
    const dismissal = records.dismissals.find((row) => `${row.rule}:${row.subjects.join()}` === gap.key);
    return {
      ...gap,
      ruleName: ruleName(gap.rule),
      stages: gap.stages ?? stagesOf(records, gap.touchpoints),
      noStage: gap.touchpoints.some((id) => records.touchpoints.find((row) => row.id === id)?.stage === null),
      dismissed: dismissal ? { reason: dismissal.reason, by: dismissal.by, at: dismissal.at } : null,
    };
  });
  const report = { revision, gaps: reported, notAssessed: notAssessed(records), stages: summaries(records, reported) };
  return { report, details };
}

function detailOf({ affects = [], fixes }: Found, revision: number): Detail {
  const named = fixes.map(({ title, edits, fillIn = null }) => ({
    fingerprint: JSON.stringify([title, edits]),
    title,
    fillIn,
    edits,
  }));
  return { revision, affects, fixes: named };
}

function stagesOf(records: Records, touchpoints: readonly string[]): string[] {
  const stages = new Set(records.touchpoints.filter((row) => touchpoints.includes(row.id)).map((row) => row.stage));
  return records.stages.filter((stage) => stages.has(stage.id)).map((stage) => stage.id);
}

function notAssessed(records: Records): NotAssessedView[] {
  const lacking = [
    ...(records.touchpoints.some((row) => row.budget !== null) ? [] : ["channel-dominates"]),
    ...(records.audiences.length > 0 ? [] : ["audience-unserved", "audience-without-evidence"]),
    ...(records.touchpoints.some((row) => row.owner !== null) ? [] : ["no-owner"]),
  ];
  return needs.filter((need) => lacking.includes(need.rule) && isOn(records.map.rules, need.rule));
}

function summaries(records: Records, gaps: readonly GapView[]): StageSummaryView[] {
  const total = records.touchpoints.reduce((sum, row) => sum + (row.budget ?? 0), 0);
  const stages: (string | null)[] = records.stages.map((stage) => stage.id);
  if (records.touchpoints.some((row) => row.stage === null)) stages.unshift(null);
  return stages.map((stage) => {
    const members = records.touchpoints.filter((row) => row.stage === stage);
    const budget = members.reduce((sum, row) => sum + (row.budget ?? 0), 0);
    const here = gaps.filter((gap) => !gap.dismissed && (stage === null ? gap.noStage : gap.stages.includes(stage)));
    const count = (severity: GapView["severity"]) => here.filter((gap) => gap.severity === severity).length;
    return {
      stage,
      touchpoints: members.length,
      budgetShare: total > 0 ? budget / total : null,
      high: count("high"),
      medium: count("medium"),
      low: count("low"),
    };
  });
}
