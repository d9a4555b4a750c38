"""What to compare the engine with: TF-IDF of groups of two to four letters, as scikit-learn makes it."""

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from knowledge.searching.documents import Document, Hit


class Index:
    """Ranks by how many groups of letters a question shares with an article."""

    def __init__(self, documents: list[Document]) -> None:
        self._documents = documents
        self._weights = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4))
        self._articles = self._weights.fit_transform(f"{each.title} {each.body}" for each in documents)

    def rank(self, question: str, lang: str) -> list[Hit]:
        """The ten nearest articles in the language that is asked in."""
        near = (self._articles @ self._weights.transform([question]).T).toarray()[:, 0]
        best = [at for at in np.argsort(-near, kind="stable") if near[at] > 0]
        own = [at for at in best if self._documents[at].lang == lang]
        return [Hit(self._documents[at].id, float(near[at])) for at in own[:10]]
