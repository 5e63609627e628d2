#include "syllable/restore_corpus.hpp"

#include <algorithm>
#include <map>

#include "base/lines.hpp"
#include "syllable/restore_model.hpp"

namespace duluan::diacritics {
namespace {

constexpr std::size_t kFewestTokens = 3;
// News has marks on seven syllables of ten; a paragraph below this bears none on purpose or is foreign.
constexpr double kLeastMarked = 0.3;
constexpr double kMostKnown = 0.6;

// A reading rarer than this among those of its bare form is a slip of the pen.
constexpr double kLeastShare = 0.0004;

bool only_letters(std::string_view bare) {
  return bare.size() <= 8 && std::all_of(bare.begin(), bare.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

void Corpus::add_paragraph(std::string_view text) {
  tokenize(text, scratch_);
  if (scratch_.size() < kFewestTokens) return;
  paragraphs.push_back(tokens.size());
  for (const Token& token : scratch_) {
    const bool own =
        token.kind == TokenKind::kWord || token.kind == TokenKind::kPunctuation || token.kind == TokenKind::kSymbol;
    std::string bytes = own ? std::string(token.of(text)) : token.kind == TokenKind::kNumber ? "0" : "@";
    const auto [entry, fresh] = numbers_.try_emplace(std::move(bytes), static_cast<std::uint32_t>(types.size()));
    if (fresh) types.push_back(form_of(entry->first, token.kind));
    tokens.push_back(entry->second);
  }
  tokens.insert(tokens.end(), kReach, 0);
}

Result<void> Corpus::read(const std::vector<std::string>& paths) {
  if (types.empty()) {
    types.emplace_back();
    tokens.assign(kReach, 0);
  }
  for (const std::string& path : paths) {
    auto read = for_each_line(path, [&](std::string_view record) {
      for_each_paragraph(record, [&](std::string_view paragraph) { add_paragraph(paragraph); });
    });
    if (!read) return read;
  }
  return {};
}

std::size_t Corpus::end_of(std::size_t paragraph) const {
  return (paragraph + 1 < paragraphs.size() ? paragraphs[paragraph + 1] : tokens.size()) - kReach;
}

bool Corpus::bears_marks(std::size_t paragraph, const Lexicon* lexicon) const {
  std::size_t words = 0;
  std::size_t marked = 0;
  std::size_t known = 0;
  for (std::size_t i = paragraphs[paragraph]; i < end_of(paragraph); ++i) {
    const Form& form = types[tokens[i]];
    if (form.shape == kDigits || form.shape == kMark) continue;
    ++words;
    marked += form.reading != form.bare ? 1U : 0U;
    known += lexicon != nullptr && lexicon->item(form).bare != kNoBare ? 1U : 0U;
  }
  if (double(marked) >= kLeastMarked * double(words)) return true;
  return lexicon != nullptr && double(known) <= kMostKnown * double(words);
}

std::string Corpus::readings(unsigned least) const {
  std::vector<std::uint32_t> counts(types.size());
  for (std::size_t p = 0; p < paragraphs.size(); ++p) {
    if (!bears_marks(p, nullptr)) continue;
    for (std::size_t i = paragraphs[p]; i < end_of(p); ++i) ++counts[tokens[i]];
  }
  std::map<std::string, std::map<std::string, std::uint32_t>> by_bare;
  for (std::size_t t = 0; t < types.size(); ++t)
    if (counts[t] > 0 && only_letters(types[t].bare)) by_bare[types[t].bare][types[t].reading] += counts[t];
  std::string lines;
  for (const auto& [bare, counted] : by_bare) {
    std::vector<std::pair<std::uint32_t, std::string>> ranked;
    std::uint32_t total = 0;
    for (const auto& [reading, count] : counted) {
      total += count;
      if (count >= least) ranked.emplace_back(count, reading);
    }
    std::erase_if(ranked, [&](const auto& entry) { return double(entry.first) < kLeastShare * double(total); });
    std::sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    ranked.resize(std::min<std::size_t>(ranked.size(), kMostReadings));
    if (ranked.empty() || (ranked.size() == 1 && ranked.front().second == bare)) continue;
    lines += bare;
    for (std::size_t i = 0; i < ranked.size(); ++i) lines += (i == 0 ? '\t' : ' ') + ranked[i].second;
    lines += '\n';
  }
  return lines;
}

void Corpus::drop_unmarked(const Lexicon& lexicon) {
  std::vector<std::uint32_t> kept(kReach, 0);
  std::vector<std::size_t> starts;
  for (std::size_t p = 0; p < paragraphs.size(); ++p) {
    if (!bears_marks(p, &lexicon)) continue;
    starts.push_back(kept.size());
    kept.insert(kept.end(), tokens.begin() + static_cast<std::ptrdiff_t>(paragraphs[p]),
                tokens.begin() + static_cast<std::ptrdiff_t>(end_of(p) + kReach));
  }
  tokens = std::move(kept);
  paragraphs = std::move(starts);
}

}  // namespace duluan::diacritics
