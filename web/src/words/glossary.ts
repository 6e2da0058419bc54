// The words of docs/glossary.md that stand on pages, with what they mean in both languages.
export interface Word {
  zh: string
  en: string
  zhIs: string
  enIs: string
}

function word(zh: string, en: string, zhIs: string, enIs: string): Word {
  return { zh, en, zhIs, enIs }
}

export const glossary: Word[] = [
  word('综合考核', 'comprehensive assessment', '按商定的指标对各考核对象作出的年度评判。', 'the yearly judgement of units by agreed indicators'),
  word('考核方案', 'scheme', '一项考核的规则，含考核对象、指标、方法、加减分和等次。', 'the rules of one assessment: its units, indicators, methods, adjustments and grades'),
  word('考核办', 'assessment office', '制定方案、组织报送、计分和公布的机构。', 'who writes the scheme, collects, scores and publishes'),
  word('考核对象', 'unit', '被考核的单位：县（市、区）、开发区、部门、企业等。', 'who is assessed: a district, zone, department or firm'),
  word('考核类别', 'group', '相互排名的一组考核对象，位次只在类别内比较。', 'units that are ranked against each other, and nobody else'),
  word('比较范围', 'cohort', '一种计分方法所比较的考核对象，一般即本类别。', 'the units whose figures a method compares; usually the group'),
  word('考核周期', 'period', '一年、半年、一季、一月等，结果按周期形成。', 'a year, half, quarter or month for which there is a result'),
  word('数据项', 'data element', '需报送的一项数据，如地区生产总值。', 'a figure that is reported, such as the gross product'),
  word('数据责任部门', 'data owner', '提供或审核某指标数据的部门。', 'the department that supplies or verifies the figures of an indicator'),
  word('指标', 'indicator', '考核的一项内容；末级指标有数据和计分方法。', 'one subject of the assessment; the lowest ones have a figure and a method'),
  word('板块', 'block', '指标体系的一级指标，下含若干指标。', 'an indicator right below the total, with others below it'),
  word('共性指标、个性指标', 'common, individual', '对一个类别全部对象适用的指标，或只对指名对象适用的指标。', 'an indicator for all units of a group, or for named ones only'),
  word('正向、逆向', 'direction', '数值越大越好为正向，越小越好为逆向。', 'whether more is better, or less'),
  word('权重', 'weight', '指标在同级中所占的比重。', 'the share of an indicator among those beside it'),
  word('目标值', 'target', '规定要达到的数值。', 'the figure that is to be reached'),
  word('基期值', 'baseline', '比较所依据的起始数值。', 'the figure from which progress is counted'),
  word('得分、分值', 'score, points', '得分以百分制衡量一项指标；分值是得分按权重折合进总分的部分。', 'a score rates an indicator out of 100; points are what it brings to the total'),
  word('失分', 'points lost', '权重与分值之差。', 'the weight less the points'),
  word('位次', 'rank', '在类别内按公布的得分排列的名次，得分相同为并列。', 'the place in the group by published score; equal scores share it'),
  word('升降', 'change of rank', '与对比周期相比位次的变化，▲ 为上升，▼ 为下降。', 'places gained (▲) or lost (▼) since the period compared with'),
  word('评价', 'rating', '对一项指标得分的评语，如好、较好、一般、较差。', 'a word for the score of an indicator: good, fairly good, fair, poor'),
  word('等次', 'grade', '对总分的评定，如优秀、良好；有名额限制的按规定掌握。', 'the verdict on the total, such as excellent, often within a quota'),
  word('加分、减分', 'bonus, deduction', '总分以外增加或减少的分数。', 'points added to the total or taken from it'),
  word('一票否决', 'veto', '出现规定情形即限制等次或取消排名。', 'an event that limits the grade or takes the rank away'),
  word('应报未报', 'missing', '到期而没有数据；显示为 —，不作零计。', 'due, but without a figure; shown as —, never as 0'),
  word('未到期', 'pending', '报送期限尚未届满。', 'not yet due'),
  word('不适用', 'not applicable', '该指标不考核该对象。', 'the indicator does not concern the unit'),
  word('审签', 'signing off', '单位负责人对本单位所报数据的确认。', 'the approver of a unit confirms what it reports'),
  word('审核', 'verification', '数据责任部门对所报数据的核对。', 'the data owner checks what was reported'),
  word('佐证', 'evidence', '证明所报数据的文件。', 'a file that supports a figure'),
  word('督办', 'supervision', '对未完成事项限期办理并验收。', 'what is not done gets a deadline, and is accepted when it is'),
  word('回执', 'receipt', '证明一项事实已记入账本的凭据，可离线核验。', 'the proof that a fact is in the journal; it can be verified elsewhere'),
  word('账本', 'ledger', '保存全部事实及其先后次序的数据库，任何改动均可查出。', 'the database of all facts in their order; any alteration shows'),
  word('公示', 'publication', '结果在规定范围内公布，可在期限内申诉。', 'a result is made known, and may be appealed in time'),
]
