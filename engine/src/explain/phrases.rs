//! The sentences of explanations, in both languages. To change a wording, change a row.

use std::borrow::Cow;

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
    UnknownLacking "{who}：缺少 {missing}的数据，无法判定是否{required}" "{who}: without figures for {missing} it cannot be decided whether it is {required}";
    UnknownOwn "{who}：{period}为 {found}，但缺少 {missing}的数据，无法判定是否{required}" "{who}: {found} in {period}, but without figures for {missing} it cannot be decided whether it is {required}";
    UnknownEvents "{who}：没有 {missing}是否完成的记录，期限 {deadline} 已过" "{who}: no record says whether it is done for {missing}, due {deadline}";
    PendingEvents "{who}：{deadline} 到期；{periods}尚无完成记录" "{who}: due {deadline}; not recorded as done yet for {periods}";
    WhyDivisor "除数为零" "a divisor is zero";
    WhyStart "变化前的数值不是正数" "the value before the change is not positive";
    WhyNobody "没有可供计算的对象" "there is nothing to work it out from";
    WhyWeights "权数之和为零" "the weights add up to zero";
    WhyMean "平均数不是正数" "the mean is not positive";
    WhyPair "没有可比较的两个时期" "there are no two periods to compare";
    Is "{who}：{period}为 {found}，{required}" "{who}: {found} in {period}, which is {required}";
    IsNot "{who}：{period}为 {found}，并非{required}" "{who}: {found} in {period}, which is not {required}";
    FoundOnly "{who}：{period}为 {found}" "{who}: {found} in {period}";
    LatestAhead "{who}：{deadline} 到期；最近是 {period}的 {found}" "{who}: due {deadline}; the latest figure is {found} in {period}";
    NothingAhead "{who}：{deadline} 到期；尚无数据" "{who}: due {deadline}; no data yet";
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
    UnknownUncomputed "{who}：{period}算不出结果（{why}），无法判定是否{required}" "{who}: nothing comes of the figures for {period} ({why}), so whether it is {required} cannot be decided";
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
    WholeMakes "{who}：凡“{condition}”成立的，结论是 {value}{due}；{of} 个中 {tally}" "{who}: {value} where `{condition}` holds{due}; of {of}, {tally}";
    WholeMay "{who}：允许{required}，不作硬性要求{due}；{of} 个中 {tally}" "{who}: may be {required}, need not{due}; of {of}, {tally}";
    DueThen "，{deadline} 到期" ", due {deadline}";
    CaseAhead "{who}：条件“{condition}”是否成立，待 {deadline} 后判定" "{who}: whether `{condition}` holds shows after {deadline}";
    SetAhead "{who}：是否在规则范围内，待 {deadline} 后判定（{tests}）" "{who}: whether it is left out shows after {deadline} ({tests})";
    TestAhead "{text}" "{text}";
    LabelNone "不适用" "does not apply";
    OfGroup "{who}（{group}）" "{who} ({group})";
    OneIs "{count} 个满足" "{count} is";
    ManyAre "{count} 个满足" "{count} are";
    OneIsNot "{count} 个不满足" "{count} is not";
    ManyAreNot "{count} 个不满足" "{count} are not";
    OneIsSo "{count} 个如此" "{count} is";
    ManyAreSo "{count} 个如此" "{count} are";
    OneIsNotSo "{count} 个并非如此" "{count} is not";
    ManyAreNotSo "{count} 个并非如此" "{count} are not";
    OneHolds "{count} 项满足" "{count} holds";
    ManyHold "{count} 项满足" "{count} hold";
    OneFails "{count} 项不满足" "{count} fails";
    ManyFail "{count} 项不满足" "{count} fail";
    OpenItems "{count} 项无法判定" "{count} undecided";
    OpenYet "{count} 个待定" "{count} open";
    OpenItemsYet "{count} 项待定" "{count} open";
    MoreAre "另有 {tally}" "of the others, {tally}";
    ByCase "符合要求（按“{condition}”是否成立）" "as required (by whether `{condition}`)";
    OnlyCase "{required}（以“{condition}”为条件）" "{required} (where `{condition}`)";
    AllItems "满足所有 {of} 项要求" "so that all {of} requirements hold";
    SomeItems "满足 {of} 项要求中的至少 {needed} 项" "so that at least {needed} of {of} requirements hold";
    Such "做到{inner}" "so that {inner}";
    EveryOf "全部{set}{required}" "every {set} is {required}";
    AtLeastOf "至少 {count} 个{set}{required}" "at least {count} of {set} is {required}";
    AtLeastShareOf "至少 {count} 的{set}{required}" "at least {count} of {set} is {required}";
    AtMostOf "至多 {count} 个{set}{required}" "at most {count} of {set} is {required}";
    AtMostShareOf "至多 {count} 的{set}{required}" "at most {count} of {set} is {required}";
    ExactlyOf "正好 {count} 个{set}{required}" "exactly {count} of {set} is {required}";
    NoneOf "没有{set}{required}" "no {set} is {required}";
    ChoiceAll "{who}：{of} 项要求应全部满足{due}；{tally}" "{who}: all {of} requirements must hold{due}; {tally}";
    MayAhead "{who}：允许{required}，不作硬性要求；是否做到待 {deadline} 后判定" "{who}: may be {required}, need not; whether it is shows after {deadline}";
    ExceptionOf "例外“{text}”" "the exception {text}";
    Lacks "缺 {found}" "missing: {found}";
    SumOver "{from}至 {to}累计" "{from} to {to}";
    SumOf "{period}累计" "{period}";
    Whole "{who}：{need}{required}{due}；{of} 个中 {tally}" "{who}: {need} {required}{due}; of {of}, {tally}";
    WholeNobody "{who}：没有已知的{set}，无法判定" "{who}: no {set} is known, so nothing can be decided";
    WholeNone      "{who}：{set}全部不在规则范围内，不适用" "{who}: every {set} is left out, so the rule does not apply";
    NeedEach       "应全部" "each must be";
    NeedAtLeast    "应至少 {needed} 个" "at least {needed} must be";
    NeedShare      "应至少 {share}（{needed} 个）" "at least {share} ({needed}) must be";
    NeedAtMost     "至多 {needed} 个可以" "at most {needed} may be";
    NeedAtMostShare "至多 {share}（{needed} 个）可以" "at most {share} ({needed}) may be";
    NeedExactly    "应正好 {needed} 个" "exactly {needed} must be";
    NeedNone       "一个也不得" "none may be";
    InThis "符合要求" "as required";
    LeftOut        "{who}：不在规则范围内（{tests}），不适用" "{who}: left out ({tests}), so the rule does not apply";
    MaybeLeftOut   "{who}：无法判定是否在规则范围内（{tests}）" "{who}: whether it is left out cannot be decided ({tests})";
    NotInCase      "{who}：条件“{condition}”不成立，不适用" "{who}: `{condition}` does not hold, so the rule does not apply";
    CaseOpen       "{who}：无法判定条件“{condition}”是否成立（{tests}）" "{who}: whether `{condition}` holds cannot be decided ({tests})";
    InCase "{inner}；条件“{condition}”成立" "{inner}; `{condition}` holds";
    InOtherCase "{inner}；条件“{condition}”不成立" "{inner}; `{condition}` does not hold";
    InEitherCase "{inner}；条件“{condition}”成立与否都是如此" "{inner}; so whether or not `{condition}` holds";
    Choice "{who}：{of} 项要求中应至少满足 {needed} 项{due}；{tally}" "{who}: at least {needed} of {of} requirements must hold{due}; {tally}";
    MadeSo "{who}：{period}条件“{condition}”成立，结论是 {value}" "{who}: `{condition}` holds in {period}, so it is {value}";
    MadeNot        "{who}：条件“{condition}”不成立，不作结论" "{who}: `{condition}` does not hold, so nothing follows";
    MadeOpen "{who}：无法判定条件“{condition}”是否成立（{tests}）" "{who}: whether `{condition}` holds cannot be decided ({tests})";
    Waived         "{inner}；已豁免至 {until}：{because}" "{inner}; waived until {until}: {because}";
    MayUsed "{who}：允许{required}，不作硬性要求；已做到" "{who}: may be {required}, need not; it is";
    MayUnused "{who}：允许{required}，不作硬性要求；未做到" "{who}: may be {required}, need not; it is not";
    MayOpen "{who}：允许{required}，不作硬性要求；是否做到不清楚" "{who}: may be {required}, need not; whether it is is not known";
    OpenValue "{who}：计划没有定下“{open}”，无法判定{due}" "{who}: the plan leaves `{open}` open, so nothing is decided{due}";
    AwaitsEvent    "{who}：待“{event}”完成后才到期" "{who}: due once {event} is done";
    TestHolds      "{text} 成立" "{text} holds";
    TestFails      "{text} 不成立" "{text} does not hold";
    TestOpen       "{text} 无法判定" "{text} cannot be decided";
    TestHoldsOn    "{text} 成立：{found}" "{text} holds: {found}";
    TestFailsOn    "{text} 不成立：{found}" "{text} does not hold: {found}";
    TestOpenOn     "{text} 无法判定，缺 {found}" "{text} cannot be decided without {found}";
    Tally          "{of} 个中 {satisfied} 个" "{satisfied} of {of}";
    EnoughIf       "再有 {count} 个满足即可" "{count} more would be enough";
    TooManyBy      "须再减少 {count} 个" "{count} fewer would be enough";
    NearThis       "约为 {reference}" "about {reference}";
    InThese        "介于 {reference}" "between {reference}";
    FromTo2        "{text}（{low} 至 {high}）" "{text} ({low} to {high})";
    SoFar "{who}：目前累计 {found}，要求{required}；缺少 {missing}的数据，无法判定" "{who}: {found} so far, required {required}; without figures for {missing} it cannot be decided";
    SoFarAhead "{who}：目前累计 {found}，要求{required}，{deadline} 到期" "{who}: {found} so far, required {required}, due {deadline}";
    Open "{count} 个无法判定" "{count} undecided";
    RangeAtLeast   "至少 {low}" "at least {low}";
    RangeAtMost    "至多 {high}" "at most {high}";
    RangeFromTo    "{low} 至 {high}" "{low} to {high}";

    // ── requirements ─────────────────────────────────────────────────────────────────────────
    First "居首位" "first";
    LabelLacking "数据不全" "figures are missing";
    Top "进入前 {value} 位" "among the first {value}";
    Running "连续 {count} 次{change}" "{change} {count} times running";
    DoneYearly "每年 {day}前完成" "done by {day} each year";
    DoneEach "每个时期都完成" "done in every period";
    DoneAfter "在“{event}”后 {days} 天内完成" "done within {days} days after {event}";
    DoneByEvent "不迟于“{event}”完成" "done no later than {event}";
    InPlace "第 {place} 位" "place {place}";
    InPlaceOf "第 {place} 位（共 {of} 个）" "place {place} of {of}";
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

    // ── gaps ─────────────────────────────────────────────────────────────────────────────────
    Day "{value} 天" "{value} day";
    Place "{value} 位" "{value} place";
    Step "{value} 级" "{value} step of the scale";
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
    MoreBy "再增加 {gap}，即达到要求" "{gap} more would meet it";
    MoreOver "再增加 {gap} 以上（不含），即达到要求" "more than {gap} more would meet it";
    FewerBy "再减少 {gap}，即达到要求" "{gap} less would meet it";
    FewerOver "再减少 {gap} 以上（不含），即达到要求" "more than {gap} less would meet it";
    SettleThese "核对互相矛盾的数据：{figures}" "settle the figures that contradict each other: {figures}";
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
    Ahead "排在前面的：{list}" "ahead of it: {list}";
    NegativeIncrement "{figures} 是负数；累计的增量不应为负，请核对" "{figures}: negative, which what adds up should not be; it needs checking";
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
    MadeOf "{what}由“{statement}”得出：{parts}" "{what} comes of `{statement}`: {parts}";
    MadeAlone "{what}由“{statement}”得出" "{what} comes of `{statement}`";
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

/// A phrase with its places filled. What is known without a period is told without one.
pub(crate) fn say(lang: Lang, phrase: Phrase, args: &[(&'static str, String)]) -> String {
    let (zh, en) = phrase.words();
    let mut template = Cow::Borrowed(lang.pick(zh, en));
    if args
        .iter()
        .any(|(name, text)| *name == "period" && text.is_empty())
    {
        for part in [" in {period}", "{period}为 ", "{period}的 "] {
            template = Cow::Owned(template.replace(part, ""));
        }
    }
    let text = fill(&template, args).unwrap_or_else(|| template.into_owned());
    match lang {
        Lang::Zh => tidy(text),
        Lang::En => text,
    }
}

/// Chinese quotation marks take no space before them, nor do ordinals behind a word; `为 至少` is
/// `至少为`.
fn tidy(mut text: String) -> String {
    for (loose, close) in [
        ("为 至少 ", "至少为 "),
        ("为 至多 ", "至多为 "),
        ("为 第 ", "为第 "),
        ("的 第 ", "的第 "),
        (" “", "“"),
        ("” ", "”"),
    ] {
        if text.contains(loose) {
            text = text.replace(loose, close);
        }
    }
    text
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
