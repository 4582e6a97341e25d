# SPDX-License-Identifier: BSD-2-Clause
"""SP 800-90B, 6.3.5 to 6.3.10, step by step as the document has them: slow, and
independent of tools/evidence but for the last steps of a prediction estimate.
Each returns which predictions were correct."""
from collections import Counter, defaultdict


class Scoreboard:
    """The winner is the last that scored and had no fewer points than it."""

    def __init__(self, width):
        self.points, self.winner = [0] * width, 0

    def judge(self, predictions, symbol):
        correct = predictions[self.winner] == symbol
        for number, prediction in enumerate(predictions):
            if prediction == symbol:
                self.points[number] += 1
                if self.points[number] >= self.points[self.winner]:
                    self.winner = number
        return correct


def substrings(s):
    """For each length that repeats: the count of the most common, and pairs."""
    found = []
    for width in range(1, len(s)):
        count = Counter(tuple(s[i : i + width]) for i in range(len(s) - width + 1))
        most = max(count.values())
        if most == 1:
            break
        found.append((most, sum(n * (n - 1) // 2 for n in count.values())))
    return found


def multi_mcw(s, windows):
    board, correct = Scoreboard(len(windows)), []
    for i in range(windows[0], len(s)):
        predictions = [None] * len(windows)
        for number, width in enumerate(windows):
            if i >= width:
                window = s[i - width : i]
                most = max(Counter(window).values())
                common = {x for x in window if window.count(x) == most}
                predictions[number] = next(x for x in reversed(window) if x in common)
        correct.append(board.judge(predictions, s[i]))
    return correct


def lag(s, d):
    board, correct = Scoreboard(d), []
    for i in range(1, len(s)):
        predictions = [s[i - j] if j <= i else None for j in range(1, d + 1)]
        correct.append(board.judge(predictions, s[i]))
    return correct


def greatest(counts):
    """The symbol with the highest count, of equal ones the greatest."""
    return max(counts, key=lambda symbol: (counts[symbol], symbol)) if counts else None


def multi_mmc(s, d, entries):
    board, correct = Scoreboard(d), []
    models, sizes = [defaultdict(Counter) for _ in range(d)], [0] * d
    for i in range(2, len(s)):
        predictions = []
        for j, model in enumerate(models, 1):
            if j < i:
                counts, symbol = model[tuple(s[i - 1 - j : i - 1])], s[i - 1]
                if symbol in counts or sizes[j - 1] < entries:
                    sizes[j - 1] += symbol not in counts
                    counts[symbol] += 1
            predictions.append(greatest(model[tuple(s[i - j : i])]) if j <= i else None)
        correct.append(board.judge(predictions, s[i]))
    return correct


def lz78y(s, b, entries):
    dictionary, correct = {}, []
    for i in range(b + 1, len(s)):
        for j in range(b, 0, -1):
            context = tuple(s[i - j - 1 : i - 1])
            if context not in dictionary and len(dictionary) < entries:
                dictionary[context] = Counter()
            if context in dictionary:
                dictionary[context][s[i - 1]] += 1
        prediction, most = None, 0
        for j in range(b, 0, -1):
            counts = dictionary.get(tuple(s[i - j : i]))
            symbol = greatest(counts)
            if symbol is not None and counts[symbol] > most:
                prediction, most = symbol, counts[symbol]
        correct.append(prediction == s[i])
    return correct
