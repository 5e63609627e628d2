// Gold pairs are sentences, so tokens are aligned first: the cheapest way to lay one source token against none to
// five gold tokens, or up to three against one, by the letters they share.
#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <optional>
#include <vector>

#include "duluan/chat.hpp"

namespace duluan {
namespace {

using Row = std::vector<std::string>;

// The next record of a CSV text (RFC 4180: quoted fields may hold line breaks); nullopt if a quote is left open.
std::optional<Row> next_record(std::string_view text, std::size_t& at) {
  Row row(1);
  bool quoted = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (quoted) {
      if (c != '"') row.back() += c;
      else if (at + 1 < text.size() && text[at + 1] == '"') row.back() += text[++at];
      else quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',') {
      row.emplace_back();
    } else if (c == '\n') {
      ++at;
      break;
    } else if (c != '\r') {
      row.back() += c;
    }
  }
  if (quoted) return std::nullopt;
  return row;
}

std::vector<Span> tokens_of(std::string_view text) {
  static constexpr std::string_view kSpaces = " \t\r\n";
  std::vector<Span> tokens;
  for (std::size_t at = text.find_first_not_of(kSpaces); at != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(kSpaces, at), text.size());
    tokens.push_back({at, end});
    at = text.find_first_not_of(kSpaces, end);
  }
  return tokens;
}

double edit_share(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t kept = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({kept, row[j] + 1, row[j - 1] + 1});
    }
  }
  return static_cast<double>(row[b.size()]) /
         static_cast<double>(std::max<std::size_t>(1, std::max(a.size(), b.size())));
}

// One sentence as tokens, each also without marks for the comparison of letters.
struct Sentence {
  std::vector<std::string> tokens;
  std::vector<std::string> bare;
};

Sentence sentence_of(std::string_view text) {
  Sentence sentence;
  for (const Span& span : tokens_of(text)) {
    sentence.tokens.emplace_back(span.of(text));
    sentence.bare.push_back(fold(span.of(text)));
  }
  return sentence;
}

std::string joined(const std::vector<std::string>& tokens, std::size_t from, std::size_t count, const char* by) {
  std::string out;
  for (std::size_t i = from; i < from + count; ++i) {
    if (i != from) out += by;
    out += tokens[i];
  }
  return out;
}

// Price of laying source [i, i + s) against gold [j, j + g).
double price(const Sentence& source, std::size_t i, std::size_t s, const Sentence& gold, std::size_t j, std::size_t g) {
  constexpr double kLone = 1.2;  // a token without counterpart
  if (s == 0 || g == 0) return kLone * static_cast<double>(s + g);
  const std::string a = joined(source.bare, i, s, "");
  const std::string b = joined(gold.bare, j, g, "");
  if (a == b) return s == 1 && g == 1 ? (source.tokens[i] == gold.tokens[j] ? 0 : 0.05) : 0.1;
  const double base = s == 1 && g == 1 ? 0.2 : 0.35 + 0.2 * static_cast<double>(s + g - 2);
  if (g > 1 && s == 1) {
    // An abbreviation begins like each of its words.
    std::size_t met = 0;
    std::size_t from = 0;
    for (std::size_t k = 0; k < g; ++k) {
      const std::size_t found = a.find(gold.bare[j + k].substr(0, 1), from);
      if (found != std::string::npos) {
        ++met;
        from = found + 1;
      }
    }
    const double missed = static_cast<double>(g - met) / static_cast<double>(g);
    return base + 0.8 * std::min(missed + 0.1, edit_share(a, b));
  }
  return base + 0.8 * edit_share(a, b);
}

// Gold of each source token; "" for the later ones of tokens that gold writes as one.
std::vector<std::string> align(const Sentence& source, const Sentence& gold) {
  constexpr std::array<std::pair<std::size_t, std::size_t>, 9> kSteps{
      {{1, 1}, {1, 0}, {0, 1}, {1, 2}, {1, 3}, {1, 4}, {1, 5}, {2, 1}, {3, 1}}};
  const std::size_t n = source.tokens.size();
  const std::size_t m = gold.tokens.size();
  std::vector<double> cost((n + 1) * (m + 1), 1e9);
  std::vector<std::size_t> step(cost.size(), 0);
  cost[0] = 0;
  for (std::size_t i = 0; i <= n; ++i)
    for (std::size_t j = 0; j <= m; ++j)
      for (std::size_t k = 0; k < kSteps.size(); ++k) {
        const auto [s, g] = kSteps[k];
        if (i + s > n || j + g > m) continue;
        const double reached = cost[i * (m + 1) + j] + price(source, i, s, gold, j, g);
        double& best = cost[(i + s) * (m + 1) + j + g];
        if (reached >= best) continue;
        best = reached;
        step[(i + s) * (m + 1) + j + g] = k;
      }
  std::vector<std::string> aligned(n);
  for (std::size_t i = n, j = m; i > 0 || j > 0;) {
    const auto [s, g] = kSteps[step[i * (m + 1) + j]];
    i -= s;
    j -= g;
    // A gold token without counterpart belongs to what precedes it.
    if (s == 0) {
      if (i > 0) aligned[i - 1] += " " + gold.tokens[j];
    } else {
      aligned[i] = joined(gold.tokens, j, g, " ") + aligned[i];
    }
  }
  return aligned;
}

// What became of each token of `source`.
std::vector<std::string> found_for(const std::string& source, const Text& text) {
  const std::vector<Span> tokens = tokens_of(source);
  std::vector<std::string> found(tokens.size());
  std::size_t t = 0;
  for (std::size_t at = 0; at < text.str().size() && t < tokens.size(); ++at) {
    const std::size_t from = text.source({at, at + 1}).begin;
    while (t < tokens.size() && from >= tokens[t].end) ++t;
    if (t < tokens.size() && from >= tokens[t].begin) found[t] += text.str()[at];
  }
  return found;
}

void score_pair(const std::string& source, const std::string& gold, ChatScore& score,
                const std::function<void(const ChatMiss&)>& on_miss) {
  const Sentence words = sentence_of(source);
  const std::vector<std::string> expected = align(words, sentence_of(gold));
  const std::vector<std::string> found = found_for(source, expand_chat(source));
  ++score.lines;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const std::string& token = words.tokens[i];
    const bool right = found[i] == expected[i];
    if (expected[i] == token) {
      ++score.clean;
      if (!right) ++score.harmed;
    } else {
      ++score.needed;
      if (right) ++score.right;
      else if (found[i] == token) ++score.untouched;
    }
    if (!right && on_miss) on_miss({token, expected[i], found[i]});
  }
}

}  // namespace

Result<ChatScore> evaluate_chat(const std::string& path, const std::function<void(const ChatMiss&)>& on_miss) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Error{ErrorCode::kNotFound, "cannot be opened", path, "check the path"};
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  ChatScore score;
  std::size_t original = 0;
  std::size_t normalized = 0;
  std::size_t number = 0;
  for (std::size_t at = 0; at < text.size(); ++number) {
    const auto row = next_record(text, at);
    const std::string where = path + ": record " + std::to_string(number + 1);
    if (!row) return Error{ErrorCode::kMalformed, "a quotation mark is left open", where, "close it"};
    if (number == 0) {
      original = static_cast<std::size_t>(std::find(row->begin(), row->end(), "original") - row->begin());
      normalized = static_cast<std::size_t>(std::find(row->begin(), row->end(), "normalized") - row->begin());
      if (std::max(original, normalized) >= row->size())
        return Error{ErrorCode::kMalformed, "no columns 'original' and 'normalized'", where,
                     "name them in the first line"};
      continue;
    }
    if (row->size() <= std::max(original, normalized))
      return Error{ErrorCode::kMalformed, "too few columns", where, "give as many as the first line names"};
    score_pair(normalize((*row)[original], ToneStyle::kOld).str(), normalize((*row)[normalized], ToneStyle::kOld).str(),
               score, on_miss);
  }
  return score;
}

}  // namespace duluan
