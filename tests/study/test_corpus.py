"""What the corpus is, and that the library knows nothing of it."""

import pandas as pd
import pytest

from corpus_lib import (
    add_glosses,
    add_rates,
    count_terms,
    counted,
    keyness,
    load_corpus,
    read_notes,
    tf_idf,
    words,
)
from corpus_lib.charts import bar_chart, group_colours
from tests.conftest import ROOT


def test_what_the_corpus_is(study):
    articles = study.articles
    assert articles["doc_id"].tolist() == ["000", "001", "002", "003", "004"]
    assert articles["city"].value_counts().to_dict() == {"Fuzhou": 3, "Fu'an": 1, "Zhangzhou": 1}
    assert articles["level"].tolist() == [
        "prefecture",
        "district",
        "county-level city",
        "prefecture",
        "prefecture",
    ]
    assert articles["date"].tolist() == ["2025-01", "2024-08-06", "2021-10-21", "2022-10", "2023-09-15"]
    assert articles["signed"].str.contains("correspondent|police account").sum() == 4
    assert articles["date_basis"].str.match("printed|inferred|unknown").all()
    assert len(words(counted(study.tokens))) == 4917


def test_titles_stand_in_their_texts(study):
    assert all(article.title in article.text for article in study.articles.itertuples())


def test_every_note_has_its_reason_or_source():
    for name, column in {
        "zones": "reason",
        "lexicon": "reason",
        "stopwords": "reason",
        "glosses": "source",
    }.items():
        notes = read_notes(ROOT / "seeds", name)
        assert len(notes) >= 10
        assert (notes[column].str.len() > 3).all(), name


def test_lexicon_types_are_the_agreed_ones():
    kinds = {"place", "person", "agency", "name", "set", "compound"}
    assert set(read_notes(ROOT / "seeds", "lexicon")["type"]) == kinds


def test_stop_words_occur_in_the_corpus_or_are_few(study):
    stopwords = read_notes(ROOT / "seeds", "stopwords")["term"]
    assert stopwords.isin(study.tokens["term"]).mean() > 0.8


TEXTS = {
    "2019-a": "\ufeff2019年春耕\r\n农民种下三千亩水稻\uff0c雨水充足。\r\n",
    "2020-a": "2020年秋收\n水稻亩产600公斤\uff0c比上年增长5%。\n(记者 某某)",
    "2020-b": "果园丰收\n农民采摘苹果20吨\uff0c水稻丰收。",
}


def test_a_corpus_of_another_kind_goes_the_whole_way(make_corpus):
    """Groups by year, no lexicon, no glosses, a byte-order mark, CRLF and full-width marks."""
    folder = make_corpus(TEXTS)
    corpus = load_corpus(folder)
    counts = count_terms(words(counted(corpus.tokens)))
    assert set(counts["year"]) == {"2019", "2020"}
    assert tf_idf(counts, by="year").groupby("year")["tf"].sum().round(9).tolist() == [1, 1]
    assert keyness(counts, by="year", target="2020")["n_articles"].max() == 2
    values = corpus.figures.query("kind == 'quantity'").set_index("text")["value"].to_dict()
    assert values == {"三千亩": 3000, "600公斤": 600, "5%": 5, "20吨": 20}
    top = add_glosses(add_rates(counts, by="year"), read_notes(folder, "glosses")).head(5)
    assert (
        "(no gloss)" in bar_chart(top, "rate", "Rice", by="year", colours=group_colours(counts["year"])).alt
    )
    assert isinstance(corpus.articles, pd.DataFrame)


def test_a_corpus_of_one_article_goes_to_the_point_of_comparison(make_corpus):
    corpus = load_corpus(make_corpus({"only": "标题\n农民采摘苹果20吨。"}))
    counts = count_terms(words(counted(corpus.tokens)))
    assert add_rates(counts, by="doc_id")["rate"].sum() == pytest.approx(1000)
    with pytest.raises(ValueError, match="doc_id has the one group only"):
        tf_idf(counts, by="doc_id")
