"""The one settings object: flags > environment (`GAZETTE_*`) > `gazette.toml` > defaults.

It holds values and knows nothing of the parts that use them. It is frozen and passed along; there is no global one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from rag.errors import SettingsError

BUNDLED_EMBEDDER = "bundled"


class Settings(BaseSettings):
    """Everything a user can set. Constructed by `load_settings`, which maps errors to `SettingsError`."""

    model_config = SettingsConfigDict(
        env_prefix="GAZETTE_", toml_file="gazette.toml", frozen=True, extra="ignore", env_ignore_empty=True
    )

    store: str = Field("gazette-store", description="Folder of an embedded store, or the URL of a Qdrant server.")
    api_key: SecretStr | None = Field(None, description="API key of the Qdrant server.")
    collection: str = Field("gazette", min_length=1, description="Collection name on a Qdrant server.")
    embedder: str = Field(
        BUNDLED_EMBEDDER, min_length=1, description="'bundled', or a sentence-transformers model by name or path."
    )
    pseudonym_key: SecretStr | None = Field(
        None, description="Key of the pseudonyms of comment authors; by default a random one kept with the manifest."
    )

    chunk_tokens: int = Field(160, ge=32, le=2048, description="Largest passage, in cl100k_base tokens.")
    chunk_overlap: int = Field(0, ge=0, le=512, description="Tokens shared by neighbouring passages.")
    max_file_mb: int = Field(256, ge=1, description="Largest input file, in MiB; a larger one is set aside.")

    prefetch: int = Field(60, ge=1, le=1000, description="Candidates of each retriever before fusion.")
    rrf_k: int = Field(20, ge=1, le=1000, description="k of the reciprocal rank fusion that picks the candidates.")
    # Chosen on PIAF, AfriQA, FLORES and WMT news together; docs/experiments.md, "cosine and BM25 made one score".
    dense_weight: float = Field(0.3, ge=0, description="Weight of the cosine in a passage's score.")
    bm25_weight: float = Field(0.7, ge=0, description="Weight of BM25 in a passage's score.")
    reranker: str | None = Field(
        None,
        description="What reads the best passages again: 'bundled', or a sentence-transformers cross-encoder by name "
        "or path.",
    )
    per_article: int = Field(3, ge=1, description="Most passages of one article in a result list.")

    llm: str | None = Field(
        None, description="Language model: 'ollama/NAME' or 'openai/NAME'; unset, answers are verbatim extracts."
    )
    llm_url: str | None = Field(None, description="Base URL of the language model's endpoint.")
    llm_api_key: SecretStr | None = Field(None, description="API key of that endpoint.")
    llm_timeout: float = Field(30.0, gt=0, description="Seconds to wait for a reply of the language model.")
    context_tokens: int = Field(3000, ge=200, description="cl100k_base tokens of passages shown to the language model.")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load_settings(**overrides: Any) -> Settings:
    """Settings with `overrides` on top; an override of None means "not given".

    Raises `SettingsError` naming the field and what was wrong with it.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    unknown = sorted(set(given) - set(Settings.model_fields))
    if unknown:
        raise SettingsError(f"unknown setting {', '.join(unknown)}; known: {', '.join(sorted(Settings.model_fields))}")
    try:
        return Settings(**given)
    except ValidationError as error:
        details = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise SettingsError(f"cannot use the settings: {details}") from error
    except (ValueError, OSError) as error:
        raise SettingsError(f"cannot read {Path('gazette.toml').resolve()}: {error}") from error
