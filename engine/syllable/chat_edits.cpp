#include "syllable/chat_edits.hpp"

#include <algorithm>

namespace duluan::chat {

std::string applied(std::string_view text, const std::vector<Edit>& edits) {
  std::string out;
  std::size_t copied = 0;
  for (const Edit& edit : edits) {
    out += text.substr(copied, edit.begin - copied);
    out += edit.text;
    copied = edit.end;
  }
  return out += text.substr(copied);
}

void follow(std::vector<Edit>& edits, const std::vector<Edit>& second) {
  std::vector<std::size_t> stands;  // where the text of each edit begins in the edited text
  std::size_t out = 0;
  std::size_t in = 0;
  for (const Edit& edit : edits) {
    out += edit.begin - in;
    stands.push_back(out);
    out += edit.text.size();
    in = edit.end;
  }
  const std::size_t first = edits.size();
  for (auto late = second.rbegin(); late != second.rend(); ++late) {
    const auto next = std::upper_bound(stands.begin(), stands.end(), late->begin) - stands.begin();
    if (next == 0) {
      edits.push_back(*late);
      continue;
    }
    const std::size_t k = static_cast<std::size_t>(next) - 1;
    const std::size_t inside = late->begin - stands[k];
    Edit& edit = edits[k];
    if (inside < edit.text.size()) {
      edit.text.replace(inside, late->end - late->begin, late->text);
    } else {
      // Those of this edit's own later changes lie before `late` and have not been made yet.
      const std::size_t length = (k + 1 < first ? stands[k + 1] - (edits[k + 1].begin - edit.end) : out) - stands[k];
      const std::size_t begin = edit.end + inside - length;
      edits.push_back({begin, begin + (late->end - late->begin), late->text});
    }
  }
  std::sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.begin < b.begin; });
}

}  // namespace duluan::chat
