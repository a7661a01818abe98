"""The rules of ``holdfast check``: one class a file, each returns all its findings."""

from __future__ import annotations

from .all_time_totals import AllTimeTotals
from .bands import Bands
from .categories import Categories
from .clear_direction import ClearDirection
from .condition_names import ConditionNames
from .currencies import Currencies
from .date_formats import DateFormats
from .equal_weights import EqualWeights
from .expectations import Expectations
from .expression_names import ExpressionNames
from .features_fit import FeaturesFit
from .green_checks import GreenChecks
from .heavy_component import HeavyComponent
from .kinds_fit import KindsFit
from .limits import Limits
from .masters import Masters
from .metric_cycles import MetricCycles
from .metric_records import MetricRecords
from .metric_references import MetricReferences
from .metric_used_twice import MetricUsedTwice
from .names_are_unique import NamesAreUnique
from .new_customers import NewCustomers
from .one_primitive import OnePrimitive
from .one_scorer import OneScorer
from .only_lagging import OnlyLagging
from .playbook_stages import PlaybookStages
from .reference_given import ReferenceGiven
from .replaced_metrics import ReplacedMetrics
from .review_due import ReviewDue
from .row_names import RowNames
from .rule import Rule
from .scorecards_decide import ScorecardsDecide
from .scored_metrics_exist import ScoredMetricsExist
from .scorer_numbers import ScorerNumbers
from .segments_reached import SegmentsReached
from .service_terms import ServiceTerms
from .service_tiers import ServiceTiers
from .service_touches import ServiceTouches
from .shares import Shares
from .signal_conditions import SignalConditions
from .signal_cycles import SignalCycles
from .signal_names import SignalNames
from .signal_texts import SignalTexts
from .signals_have_playbooks import SignalsHavePlaybooks
from .size_as_health import SizeAsHealth
from .something_scores import SomethingScores
from .source_columns import SourceColumns
from .source_place import SourcePlace
from .source_records import SourceRecords
from .stages import Stages
from .user_segments import UserSegments
from .weights_add_up import WeightsAddUp
from .weights_have_reasons import WeightsHaveReasons
from .windows import Windows
from .working_hours import WorkingHours
from .yes_or_no_inputs import YesOrNoInputs
from .zones import Zones

__all__ = ["RULES", "Rule"]

RULES: tuple[type[Rule], ...] = (
    ConditionNames,
    RowNames,
    ExpressionNames,
    MetricReferences,
    MetricCycles,
    OnePrimitive,
    MetricRecords,
    Windows,
    WeightsAddUp,
    ScoredMetricsExist,
    OneScorer,
    ScorerNumbers,
    Bands,
    ReferenceGiven,
    KindsFit,
    Limits,
    NamesAreUnique,
    ScorecardsDecide,
    Categories,
    SourceRecords,
    SourceColumns,
    SourcePlace,
    DateFormats,
    Zones,
    WorkingHours,
    Currencies,
    Masters,
    Expectations,
    Shares,
    FeaturesFit,
    SignalNames,
    SignalCycles,
    SignalConditions,
    SignalTexts,
    GreenChecks,
    ServiceTerms,
    ServiceTiers,
    ServiceTouches,
    UserSegments,
    Stages,
    PlaybookStages,
    SignalsHavePlaybooks,
    SegmentsReached,
    SomethingScores,
    HeavyComponent,
    AllTimeTotals,
    SizeAsHealth,
    ClearDirection,
    MetricUsedTwice,
    EqualWeights,
    YesOrNoInputs,
    OnlyLagging,
    NewCustomers,
    ReviewDue,
    WeightsHaveReasons,
    ReplacedMetrics,
)
"""Every rule, in the order in which they run."""
