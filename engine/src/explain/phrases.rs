//! The sentences of explanations, in both languages. To change a wording, change a row.

use guiju_lang::Lang;
use guiju_lang::diag::fill;

macro_rules! phrases {
    ($( $name:ident $zh:literal $en:literal; )*) => {
        /// A sentence or word of an explanation.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Phrase { $( $name, )* }

        impl Phrase {
            #[cfg(test)]
            const ALL: &'static [Phrase] = &[ $( Phrase::$name, )* ];

            fn words(self) -> (&'static str, &'static str) {
                match self { $( Phrase::$name => ($zh, $en), )* }
            }
        }
    };
}

phrases! {
    // ── headlines ────────────────────────────────────────────────────────────────────────────
    Met            "{who}：{period}为 {found}，达到要求（{required}）" "{who}: {found} in {period}, as required ({required})";
    MetSince       "{who}：{period}为 {found}，达到要求（{required}），{since}起已达到" "{who}: {found} in {period}, as required ({required}), held since {since}";
    MetAll         "{who}：{count} 个时期全部符合要求（{required}）" "{who}: all {count} periods are as required ({required})";
    MetDone        "{who}：已于 {found} 完成，期限 {deadline}" "{who}: done on {found}, due {deadline}";
    MetSeenDone    "{who}：{period}记录为已完成，期限 {deadline}" "{who}: recorded as done in {period}, due {deadline}";
    Short          "{who}：{period}为 {found}，要求{required}，差 {gap}" "{who}: {found} in {period}, required {required}, short by {gap}";
    Over           "{who}：{period}为 {found}，要求{required}，超出 {gap}" "{who}: {found} in {period}, required {required}, over by {gap}";
    OnTheBound     "{who}：{period}为 {found}，恰在界限上，要求{required}" "{who}: {found} in {period}, exactly on the bound, required {required}";
    Differs        "{who}：{period}为 {found}，要求{required}" "{who}: {found} in {period}, required {required}";
    DoneLate       "{who}：{found} 完成，期限 {deadline}，晚 {gap}" "{who}: done on {found}, due {deadline}, {gap} late";
    NotDone        "{who}：{period}记录为未完成，期限 {deadline} 已过" "{who}: recorded as not done in {period}, due {deadline}";
    PendingLatest  "{who}：要求{required}，{deadline} 到期；最近是 {period}的 {found}，{outlook}" "{who}: required {required}, due {deadline}; the latest figure is {found} in {period}, {outlook}";
    PendingPlain   "{who}：要求{required}，{deadline} 到期；最近是 {period}的 {found}" "{who}: required {required}, due {deadline}; the latest figure is {found} in {period}";
    PendingNoData  "{who}：要求{required}，{deadline} 到期；尚无数据" "{who}: required {required}, due {deadline}; no data yet";
    PendingEvent   "{who}：{deadline} 到期；尚无完成记录" "{who}: due {deadline}; not recorded as done yet";
    UnknownLatest  "{who}：缺少 {missing}的数据，无法判定是否{required}；最近是 {period}的 {found}" "{who}: the figure for {missing} is missing, so whether it is {required} cannot be decided; the nearest is {found} in {period}";
    UnknownMisfit  "{who}：{period}的数据单位不一致（{values}），无法判定是否{required}；请核对数据的单位，或在 indicator 中写明 unit" "{who}: the units of the figures for {period} do not fit ({values}), so whether it is {required} cannot be decided; check the units of the figures, or declare the unit of the indicator";
    PendingBare    "{who}：要求{required}，{deadline} 到期" "{who}: required {required}, due {deadline}";
    UnknownUncomputed "{who}：{period}的数据算不出结果（除数为零，或起点不是正数），无法判定是否{required}" "{who}: the figures for {period} give no result (a divisor of zero, or a start that is not positive), so whether it is {required} cannot be decided";
    UnknownNothing "{who}：没有数据，无法判定是否{required}" "{who}: there are no figures, so whether it is {required} cannot be decided";
    UnknownEvent   "{who}：期限 {deadline} 已过，没有是否完成的记录" "{who}: due {deadline}, and no record says whether it is done";
    UnknownUnclear "{who}：期限 {deadline} 已过，记录为 {found}，不能判定是否按期" "{who}: due {deadline}, recorded as {found}, which does not say whether it was in time";
    UnknownConflict "{who}：{period}的数据互相矛盾（{values}），无法判定" "{who}: the figures for {period} contradict each other ({values}), so nothing is decided";
    ViolatedIn     "{who}：{count} 个时期未达到要求（{required}）：{periods}" "{who}: {count} periods are not as required ({required}): {periods}";
    FailShort      "{period}为 {found}，差 {gap}" "{found} in {period}, short by {gap}";
    FailOver       "{period}为 {found}，超出 {gap}" "{found} in {period}, over by {gap}";
    FailOnBound    "{period}为 {found}，恰在界限上" "{found} in {period}, exactly on the bound";
    FailPlain      "{period}为 {found}" "{found} in {period}";
    FailRecorded   "{period}记录为 {found}" "recorded as {found} for {period}";
    FailMore       "另有 {periods}" "and {periods}";
    Nobody         "规则没有写明地区，数据中也没有任何地区" "the rule names no place, and the facts mention no region";

    // ── of several subjects, demands, conditions ─────────────────────────────────────────────
    Whole          "{who}：{need}{required}；{of} 个中 {tally}" "{who}: {need} {required}; of {of}, {tally}";
    WholeAhead     "{who}：{need}{required}，{deadline} 到期；{of} 个中 {tally}" "{who}: {need} {required}, due {deadline}; of {of}, {tally}";
    WholeNobody    "{who}：不知道有哪些{set}，无法判定" "{who}: no {set} is known, so nothing can be decided";
    WholeNone      "{who}：{set}全部不在规则范围内，不适用" "{who}: every {set} is left out, so the rule does not apply";
    NeedEach       "应全部" "each must be";
    NeedAtLeast    "应至少 {needed} 个" "at least {needed} must be";
    NeedShare      "应至少 {share}（{needed} 个）" "at least {share} ({needed}) must be";
    NeedAtMost     "至多 {needed} 个可以" "at most {needed} may be";
    NeedAtMostShare "至多 {share}（{needed} 个）可以" "at most {share} ({needed}) may be";
    NeedExactly    "应正好 {needed} 个" "exactly {needed} must be";
    NeedNone       "一个也不得" "none may be";
    InThis         "符合要求" "as required";
    LeftOut        "{who}：不在规则范围内（{tests}），不适用" "{who}: left out ({tests}), so the rule does not apply";
    NotOfGroup     "{who}：不属于“{group}”，不适用" "{who}: not of the group {group}, so the rule does not apply";
    MaybeLeftOut   "{who}：无法判定是否在规则范围内（{tests}）" "{who}: whether it is left out cannot be decided ({tests})";
    NotInCase      "{who}：条件“{condition}”不成立，不适用" "{who}: `{condition}` does not hold, so the rule does not apply";
    CaseOpen       "{who}：无法判定条件“{condition}”是否成立（{tests}）" "{who}: whether `{condition}` holds cannot be decided ({tests})";
    InCase         "{inner}（条件“{condition}”成立）" "{inner} (`{condition}` holds)";
    InOtherCase    "{inner}（条件“{condition}”不成立）" "{inner} (`{condition}` does not hold)";
    InEitherCase   "{inner}（条件“{condition}”是否成立都一样）" "{inner} (whether or not `{condition}` holds)";
    Choice         "{who}：{of} 项要求中应至少满足 {needed} 项；{tally}" "{who}: at least {needed} of {of} requirements must hold; {tally}";
    MadeSo         "{who}：条件“{condition}”成立，结论是 {value}" "{who}: `{condition}` holds, so it is {value}";
    MadeNot        "{who}：条件“{condition}”不成立，不作结论" "{who}: `{condition}` does not hold, so nothing follows";
    MadeOpen       "{who}：无法判定条件“{condition}”是否成立" "{who}: whether `{condition}` holds cannot be decided";
    Waived         "{inner}；已豁免至 {until}：{because}" "{inner}; waived until {until}: {because}";
    MayUsed        "{who}：可以{required}，已做到" "{who}: may be {required}, and is";
    MayUnused      "{who}：可以{required}，未做到" "{who}: may be {required}, and is not";
    MayOpen        "{who}：可以{required}，不清楚是否做到" "{who}: may be {required}; whether it is cannot be decided";
    OpenValue      "{who}：计划没有定下 {open}，无法判定" "{who}: the plan leaves {open} open, so nothing is decided";
    AwaitsEvent    "{who}：待“{event}”完成后才到期" "{who}: due once {event} is done";
    TestHolds      "{text} 成立" "{text} holds";
    TestFails      "{text} 不成立" "{text} does not hold";
    TestOpen       "{text} 无法判定" "{text} cannot be decided";
    TestHoldsOn    "{text} 成立：{found}" "{text} holds: {found}";
    TestFailsOn    "{text} 不成立：{found}" "{text} does not hold: {found}";
    TestOpenOn     "{text} 无法判定，缺 {found}" "{text} cannot be decided without {found}";
    More           "另有 {count} 个" "{count} more";
    Tally          "{of} 个中 {satisfied} 个" "{satisfied} of {of}";
    EnoughIf       "再有 {count} 个满足即可" "{count} more would be enough";
    TooManyBy      "须再减少 {count} 个" "{count} fewer would be enough";
    NearThis       "约为 {reference}" "about {reference}";
    InThese        "介于 {reference}" "between {reference}";
    FromTo2        "{text}（{low} 至 {high}）" "{text} ({low} to {high})";
    SoFar          "{who}：目前{range}，要求{required}；缺少 {missing}的数据，无法判定" "{who}: {range} so far, required {required}; without the figures for {missing} it cannot be decided";
    SoFarAhead     "{who}：目前{range}，要求{required}，{deadline} 到期" "{who}: {range} so far, required {required}, due {deadline}";
    Satisfied      "{count} 个满足" "{count} satisfied";
    Unsatisfied    "{count} 个不满足" "{count} failing";
    Open           "{count} 个无法判定" "{count} undecided";
    RangeAtLeast   "至少 {low}" "at least {low}";
    RangeAtMost    "至多 {high}" "at most {high}";
    RangeFromTo    "{low} 至 {high}" "{low} to {high}";

    // ── requirements ─────────────────────────────────────────────────────────────────────────
    AtLeast  "不低于 {value}" "at least {value}";
    MoreThan "超过 {value}" "more than {value}";
    AtMost   "不超过 {value}" "at most {value}";
    LessThan "低于 {value}" "less than {value}";
    EqualTo  "等于 {value}" "exactly {value}";
    Between  "介于 {value} 和 {upper} 之间" "between {value} and {upper}";
    About    "约 {value}（上下 {within}）" "about {value} within {within}";
    Answer  "为{value}" "{value}";
    Reference "{reference}（{value}）" "{reference} ({value})";
    Rise      "提高{bound}" "a rise of {bound}";
    Fall      "下降{bound}" "a fall of {bound}";
    Growth    "增长{bound}" "growth of {bound}";
    Shrinking "减少{bound}" "a decrease of {bound}";
    Shift     "变化{bound}" "a change of {bound}";
    AnyRise   "比上期提高" "a rise";
    AnyFall   "比上期下降" "a fall";
    AnyGrowth "比上期增长" "growth";
    AnyShrinking "比上期减少" "a decrease";
    NoFall    "不下降" "no fall";
    NoRise    "不上升" "no rise";
    OnAverage "年均{required}（累计 {total}）" "{required} a year on average ({total} in all)";
    FromTo    "{value}（{before} → {after}）" "{value} ({before} → {after})";
    Span      "{from}至 {to}" "{from} to {to}";
    FactMade "得出结论" "the fact is made";
    DoneBy   "在 {deadline} 前完成" "done by {deadline}";
    DoneWith "不迟于“{event}”完成" "done no later than {event}";
    DoneAfter "在“{event}”后 {days} 天内完成" "done within {days} days after {event}";

    // ── gaps ─────────────────────────────────────────────────────────────────────────────────
    Points "{value} 个百分点" "{value} pp";
    Days   "{value} 天" "{value} days";
    Places "{value} 位" "{value} places";
    Steps  "{value} 级" "{value} steps of the scale";

    // ── labels on the rule's own line ────────────────────────────────────────────────────────
    LabelFound    "实际：{period}为 {found}" "found: {found} in {period}";
    LabelRecord   "记录：{found}" "recorded: {found}";
    LabelNearest  "最近：{period}为 {found}" "nearest: {found} in {period}";
    LabelNothing  "没有可用的数据" "no figure to decide by";
    LabelConflict "来源互相矛盾" "sources contradict each other";
    LabelRequired "要求：{required}" "required: {required}";
    LabelShort    "要求：{required}；差 {gap}" "required: {required}; short by {gap}";
    LabelOver     "要求：{required}；超出 {gap}" "required: {required}; over by {gap}";
    LabelPassed   "期限 {deadline} 已过" "due {deadline}, which has passed";
    LabelAhead    "期限 {deadline}，还有 {days} 天" "due {deadline}, {days} days ahead";

    // ── remedies ─────────────────────────────────────────────────────────────────────────────
    RaiseBy   "再提高 {gap}，即达到要求" "a rise of {gap} would meet it";
    RaiseOver "再提高 {gap} 以上（不含），即达到要求" "a rise of more than {gap} would meet it";
    LowerBy   "再降低 {gap}，即达到要求" "a fall of {gap} would meet it";
    LowerOver "再降低 {gap} 以上（不含），即达到要求" "a fall of more than {gap} would meet it";
    MoveUp    "再前进 {gap}，即达到要求" "moving up {gap} would meet it";
    MustBe    "须{required}" "it must be {required}";
    SupplyThese "补充数据：{missing}" "supply the figures: {missing}";
    Supply    "补充数据：{who}，{missing}" "supply the figure: {who}, {missing}";
    SupplyEvent "补充完成日期，或记为“完成”“未完成”：{who}" "record the date, or `done` / `not done`: {who}";
    Settle    "核对上述来源，保留正确的一个" "check the sources above and keep the right one";
    WouldMeet "若按 {period}的 {found} 计，将达到要求" "were it still {found} as in {period}, it would be met";
    WouldMiss "若按 {period}的 {found} 计，将达不到要求" "were it still {found} as in {period}, it would be violated";

    // ── progress ─────────────────────────────────────────────────────────────────────────────
    Pace        "目前每年变化 {pace}，今后每年需要 {needed}" "so far {pace} a year, {needed} a year is needed";
    PaceOnly    "目前每年变化 {pace}" "so far {pace} a year";
    ReachedIn   "按目前速度 {year} 年达到" "reached in {year} at this pace";
    CeilingIn   "按目前速度 {year} 年到达指标上限" "the end of the indicator's range is reached in {year} at this pace";
    MethodIs    "评判方法 {method}；基期 {baseline}（{origin}）" "method {method}; baseline {baseline} ({origin})";
    MethodOnly  "评判方法 {method}" "method {method}";
    FellBack    "{asked} 在此不适用（{reason}），改用 {method}" "{asked} makes no sense here ({reason}), so {method} is used";
    FromRule    "规则写明" "stated by the rule";
    FromYearBefore "规划期前一年的数据" "the year before the plan's span";
    FromEarliest "近十年最早的数据" "the earliest figure of the last ten years";
    ReasonZero     "数值为零" "a value is zero";
    ReasonSign     "数值变号" "the sign changes";
    ReasonNegative "数值为负" "the values are negative";
    ReasonRange    "推算超出取值范围" "the projection leaves the range";
    ReasonLevel    "这是要保持的水平" "this is a level to keep";
    ReasonBound    "取较近的界限" "the nearer bound counts";
    ReasonFew      "数据点不足" "too few points";

    // ── notes ────────────────────────────────────────────────────────────────────────────────
    Preliminary   "所用数据为快报数" "the figure is preliminary";
    ForecastIs    "{period}有预计数 {found}，预计数不作判定；若成真，{outcome}" "there is a forecast of {found} for {period}; forecasts never decide; if it came true, {outcome}";
    OutcomeMet    "将达到要求" "it would be met";
    OutcomeMissed "将达不到要求" "it would be violated";
    AssumedPercent "数据未写单位，按百分数理解" "the figures have no unit and were read as percent";
    OtherWayRound "数据 {found} 与要求（{required}）在 1 的两侧，数据可能写反了；这里按它写明的比值比较" "the figure {found} and what is required ({required}) lie on different sides of 1, so the figure may be the other way round; it is compared as the quotient it is";
    OtherWord     "数据以“{found}”计，规则以“{wanted}”计，按数值比较" "the figure counts {found}, the rule {wanted}; compared as numbers";
    Converted     "数据为 {found}；按声明 1{unit} = {of}" "the figure is {found}; as declared, 1{unit} is {of}";
    OtherPeriod   "{wanted}没有数据，用同日结束的 {period}" "there is no figure for {wanted}; {period} ends on the same day";
    AlsoIn        "另见 {places}" "also in {places}";
    ChosenOver    "来源不一致，按来源优先级采用此数，未采用 {places}" "sources disagree; this one is ranked first, before {places}";
    RolledQuotient "{what}没有本级数据，由本级 {above} ÷ {below} 得出：{parts}" "{what} has no figure of its own; it is {above} / {below} of the same region: {parts}";
    RolledPooled  "{what}没有本级数据，由 {count} 个下级合并计算（{above}之和 ÷ {below}之和）：{parts}" "{what} has no figure of its own; {above} / {below} is pooled over its {count} parts: {parts}";
    RolledSum     "{what}没有本级数据，由 {count} 个下级相加：{parts}" "{what} has no figure of its own; it is the sum of its {count} parts: {parts}";
    RolledMean    "{what}没有本级数据，由 {count} 个下级按{weight}加权平均：{parts}" "{what} has no figure of its own; it is the mean of its {count} parts weighted by {weight}: {parts}";
    MadeOf      "{what} 由“{statement}”得出：{parts}" "{what} comes of `{statement}`: {parts}";
    MadeAlone   "{what} 由“{statement}”得出" "{what} comes of `{statement}`";
    RollUpDiffers "各下级汇总为 {found}，与本级数据不同，以本级数据为准" "its parts come to {found}, which is not the region's own figure; its own counts";
    RollUpLacks   "下级数据不全，不能汇总；缺 {missing}" "it cannot be made of its parts, for these are missing: {missing}";
    PartsMore     "{list} 等 {count} 项" "{list} and more, {count} in all";
    MorePrecise   "{places} 是它的舍入值" "{places} is the same figure rounded";

    // ── outlooks ─────────────────────────────────────────────────────────────────────────────
    Achieved   "已达标" "achieved";
    OnTrack    "进度正常" "on track";
    AtRisk     "有风险" "at risk";
    OffTrack   "滞后" "off track";
    MovingAway "反向变化" "moving away";
    NoData     "数据不足以判断进度" "too little data to judge progress";

    // ── tests ────────────────────────────────────────────────────────────────────────────────
    AsExpected  "结论是{found}，与预期一致" "{found}, as expected";
    NotExpected "预期{expected}，结论是{found}" "expected {expected}, found {found}";
    OneOfMany   "预期{expected}，{subject}的结论是{found}" "expected {expected}, found {found} for {subject}";
    OneTier     "预期{expected}，{subject}（{tier}）的结论是{found}" "expected {expected}, found {found} for {subject} ({tier})";
    NoResult    "预期{expected}，规则没有给出结论" "expected {expected}, and the rule gives no result";
    NoResultFor "预期{expected}，规则没有给出 {subject} 的结论：测试的数据里没有它" "expected {expected}, and the rule gives no result for {subject}, which the test's figures do not mention";
    ReplacedThen "预期{expected}，规则没有给出结论：{day} 已由 {by} 取代" "expected {expected}, and the rule gives no result: as of {day} it is superseded by {by}";
    NotIssuedThen "预期{expected}，规则没有给出结论：它于 {until} 才印发" "expected {expected}, and the rule gives no result: it is issued on {until} only";
}

/// A phrase with its places filled.
pub(crate) fn say(lang: Lang, phrase: Phrase, args: &[(&'static str, String)]) -> String {
    let (zh, en) = phrase.words();
    fill(lang.pick(zh, en), args).unwrap_or_else(|| lang.pick(zh, en).to_string())
}

#[cfg(test)]
mod tests {
    use super::Phrase;
    use std::collections::BTreeSet;

    #[test]
    fn both_languages_use_the_same_arguments() {
        let places = |text: &str| -> BTreeSet<String> {
            text.split('{')
                .skip(1)
                .filter_map(|p| p.split('}').next())
                .map(str::to_string)
                .collect()
        };
        for phrase in Phrase::ALL {
            let (zh, en) = phrase.words();
            assert_eq!(places(zh), places(en), "{phrase:?}");
        }
    }
}
