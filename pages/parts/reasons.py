"""Why something about a panel is not assessable, in words."""

from queries.words import N_

# As `analysis.severity` and `analysis.agreement` have them, which a page of today does not load.
PANELS = 2_000  # simulated for the chance of a disagreement
RESAMPLES = 2_000  # of the applications, for the interval of Krippendorff's alpha
RELIABLE = 0.8  # what ICC(A,k) of a reliable mean is at least
# Why something is not assessable: the codes of `analysis.assessment`.
REASONS = {
    "no_reviews": N_("nobody scored it, or no review is complete"),
    "too_many": N_("more than 20,000 applications or 3,000 reviewers are too many for the model"),
    "one_application": N_("a single application was reviewed, so nothing tells applications apart"),
    "one_reviewer": N_("a single reviewer gave all scores, so nobody's can be held against them"),
    "one_review_each": N_(
        "every application has a single review, so what is the application's and what is the "
        "reviewer's cannot be told apart"
    ),
    "all_equal": N_("all scores are equal, so nothing differs"),
    "no_residual": N_("there are too few reviews for what would have to be estimated"),
    "sets_apart": N_(
        "scores differ only between reviewers who share no application, so what is the "
        "application's and what is the reviewer's cannot be told apart"
    ),
    "undefined": N_(
        "reviews of one application differ at least as much as those of different ones, so that no "
        "share can be told"
    ),
    "no_complete_review": N_(
        "there is no complete review: none scored every criterion that counts"
    ),
    "no_other": N_("no other reviewer is connected with this one by an application both read"),
    "not_connected": N_("the reviewers share no application with most of the others"),
    "one_region": N_("all of the reviewers read one region only"),
}
