"""Fine-tunes the sentence encoder on the corpus. Needs the extra `train` (torch, transformers).

The encoder is trained end to end as it is used: windows of neighbouring passages, each label with
its own attention over a passage's tokens (`tagger.Scorer`), binary cross-entropy for the parts
(positives weighted up because a passage has few of 61 labels, near misses weighted up because they
matter most) and cross-entropy for the areas. The embeddings stay as they came: they are half of all
weights, and words that the corpus lacks must keep their place among those that it has.

All in 32 bits: processors without bfloat16 of their own take 26 times as long for it.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from wbp_check.encoder import Window, special_tokens, tokenize, windows
from wbp_check.learn.documents import Document
from wbp_check.learn.noise import roughen
from wbp_check.tagger import FURTHEST_LOOK, Scorer

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How to fine-tune. Chosen by the F1 of parts on the reports of the dev split."""

    epochs: int = 6
    body_rate: float = 1.5e-4
    head_rate: float = 1.5e-3
    tokens_a_batch: int = 768
    positive_weight: float = 3.0
    near_weight: float = 3.0
    area_weight: float = 0.5
    none_weight: float = 0.5
    """Of the passages without an area: they are half of all and would draw the others to them."""
    dropout: float = 0.1
    frozen_layers: int = 1
    """Lowest layers that stay as they came, like the embeddings: each is a seventh of the time."""
    rough_share: float = 0.12
    alone_share: float = 0.15
    """Share of a report's passages that are also read without neighbours, as `tag` reads them."""


class Net(nn.Module):
    """The encoder with two heads: a score for each part, and for each area and "none"."""

    def __init__(self, base: Path, parts: int, areas: int, dropout: float) -> None:
        super().__init__()
        # no dropout in the attention: on a processor its random numbers cost a sixth of the time
        self.encoder = AutoModel.from_pretrained(
            base, attn_implementation="sdpa", attention_probs_dropout_prob=0.0
        )
        self.encoder.embeddings.requires_grad_(False)
        self.dropout = nn.Dropout(dropout)
        size = self.encoder.config.hidden_size
        self.number = parts
        self.says = nn.Linear(size, parts + areas + 1)
        self.looks = nn.Linear(size, parts + areas + 1, bias=False)
        nn.init.zeros_(self.looks.weight)  # at first each label looks at all tokens alike
        nn.init.constant_(self.says.bias[:parts], -3.0)  # a passage has few of the parts

    def scores(self, tokens: Tensor, mask: Tensor, owner: Tensor, texts: int) -> Tensor:
        """Scores of the texts that own the tokens, parts first: (texts, parts + areas + 1)."""
        hidden = self.encoder(input_ids=tokens, attention_mask=mask).last_hidden_state
        kept = owner.reshape(-1) >= 0
        index = owner.reshape(-1)[kept]
        states = self.dropout(hidden).reshape(-1, hidden.shape[-1])[kept]
        look = torch.exp(self.looks(states).clamp(-FURTHEST_LOOK, FURTHEST_LOOK))
        said = look * nn.functional.linear(states, self.says.weight)
        shape = (texts, said.shape[-1])
        total = torch.zeros(shape).index_add_(0, index, said)
        looked = torch.zeros(shape).index_add_(0, index, look)
        return total / looked.clamp(min=1e-6) + self.says.bias

    def scorer(self, *, parts: bool) -> Scorer:
        """The head for the parts or for the areas, as it is used for tagging."""
        own = slice(0, self.number) if parts else slice(self.number, None)
        return Scorer(
            queries=self.looks.weight.detach().numpy()[own].copy(),
            weights=self.says.weight.detach().numpy()[own].copy(),
            intercepts=self.says.bias.detach().numpy()[own].copy(),
        )


@dataclass(frozen=True, slots=True)
class _Piece:
    """A window of a document: what the net reads at once."""

    document: int
    window: Window


def fine_tune(
    documents: Sequence[Document],
    base: Path,
    areas: int,
    recipe: Recipe,
    seed: int,
    progress: Progress,
) -> Net:
    """Train a net on the documents. `base` is a folder with model.safetensors and tokenizer.json."""
    random.seed(seed)
    torch.manual_seed(seed)
    rng = random.Random(seed)
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    net = Net(base, documents[0].parts.shape[1], areas, recipe.dropout)
    net.encoder.encoder.layer[: recipe.frozen_layers].requires_grad_(False)
    heads = [*net.says.parameters(), *net.looks.parameters()]
    body = [weight for weight in net.encoder.parameters() if weight.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": recipe.body_rate}, {"params": heads, "lr": recipe.head_rate}],
        weight_decay=0.01,
        fused=True,
    )
    steps = recipe.epochs * len(list(_batches(documents, tokenizer, recipe, random.Random(0))))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / (0.1 * steps), max(0.0, 1 - step / (1.05 * steps)))
    )
    for epoch in range(recipe.epochs):
        net.train()
        total = number = 0.0
        for batch in _batches(documents, tokenizer, recipe, rng):
            loss = _loss(net, documents, batch, recipe)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total, number = total + loss.item(), number + 1
        progress(f"epoch {epoch + 1} of {recipe.epochs}: loss {total / number:.4f}")
    net.eval()
    return net


def export_onnx(net: Net, path: Path) -> None:
    """Write the encoder as ONNX with weights of 8 bits, per channel.

    Weights keep to 7 of the 8 bits: without VNNI a processor adds up products of full 8-bit weights
    in 16 bits and cuts what overflows, so that one model gave other figures on another machine.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    class Export(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.encoder = net.encoder

        def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
            output = self.encoder(input_ids=input_ids, attention_mask=attention_mask)
            return output.last_hidden_state  # type: ignore[no-any-return]

    net.encoder.config._attn_implementation = "eager"
    full = path.with_suffix(".f32.onnx")
    example = torch.ones(2, 16, dtype=torch.long)
    axes = {0: "windows", 1: "tokens"}
    torch.onnx.export(
        Export().eval(),
        (example, example),
        str(full),
        input_names=["input_ids", "attention_mask"],
        output_names=["hidden"],
        dynamic_axes={"input_ids": axes, "attention_mask": axes, "hidden": axes},
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(full, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    full.unlink()


def _batches(
    documents: Sequence[Document], tokenizer: Tokenizer, recipe: Recipe, rng: random.Random
) -> Iterator[list[_Piece]]:
    """One epoch: windows at new places, batches of alike length, in a new order."""
    special = special_tokens(tokenizer)
    pieces: list[_Piece] = []
    for index, document in enumerate(documents):
        texts = [
            roughen(text, rng) if rng.random() < recipe.rough_share else text
            for text in document.texts
        ]
        ids = tokenize(texts, tokenizer)
        start = rng.randrange(min(len(ids), 10)) if len(ids) > 1 else 0
        pieces += [_Piece(index, window) for window in windows(ids, special, start)]
        if len(ids) > 1:
            for row in document.rows:
                if rng.random() < recipe.alone_share:
                    tokens = (special[0], *ids[row], special[1])
                    owner = (-1, *[row] * len(ids[row]), -1)
                    pieces.append(_Piece(index, Window(tokens, owner)))
    pieces.sort(key=lambda piece: len(piece.window.tokens) + rng.random() * 8)
    batches: list[list[_Piece]] = [[]]
    for piece in pieces:
        if (
            batches[-1]
            and len(piece.window.tokens) * (len(batches[-1]) + 1) > recipe.tokens_a_batch
        ):
            batches.append([])
        batches[-1].append(piece)
    rng.shuffle(batches)
    yield from batches


def _loss(
    net: Net, documents: Sequence[Document], batch: Sequence[_Piece], recipe: Recipe
) -> Tensor:
    offsets, targets, nears, areas, at = [], [], [], [], 0
    known: list[int] = []
    for piece in batch:
        document = documents[piece.document]
        offsets.append(at)
        own = {text for text in piece.window.owner if text >= 0}
        for row, text in enumerate(document.rows):
            if text in own:
                known.append(at + text)
                targets.append(document.parts[row])
                nears.append(document.near[row])
                areas.append(document.areas[row])
        at += len(document.texts)
    tokens, mask, owner = _tensors([piece.window for piece in batch], offsets)
    scores = net.scores(tokens, mask, owner, at)
    if not known:
        return scores.sum() * 0
    target = torch.from_numpy(np.stack(targets))
    near = torch.from_numpy(np.stack(nears))
    weight = 1 + (recipe.positive_weight - 1) * target + (recipe.near_weight - 1) * near
    parts = nn.functional.binary_cross_entropy_with_logits(
        scores[known, : net.number], target, weight=weight, reduction="sum"
    ) / len(known)
    area_scores = scores[known, net.number :]
    area_weights = torch.ones(area_scores.shape[-1])
    area_weights[-1] = recipe.none_weight
    area = nn.functional.cross_entropy(
        area_scores, torch.from_numpy(np.stack(areas)), weight=area_weights
    )
    return parts + recipe.area_weight * area


def _tensors(batch: Sequence[Window], offsets: Sequence[int]) -> tuple[Tensor, Tensor, Tensor]:
    longest = max(len(window.tokens) for window in batch)
    tokens = torch.zeros(len(batch), longest, dtype=torch.long)
    mask = torch.zeros_like(tokens)
    owner = torch.full_like(tokens, -1)
    for row, (window, offset) in enumerate(zip(batch, offsets, strict=True)):
        length = len(window.tokens)
        tokens[row, :length] = torch.tensor(window.tokens)
        mask[row, :length] = 1
        owner[row, :length] = torch.tensor(
            [own + offset if own >= 0 else -1 for own in window.owner]
        )
    return tokens, mask, owner
