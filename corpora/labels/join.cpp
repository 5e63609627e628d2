// Labels are kept by id, without the texts. This joins them with the corpora the texts stand in, and
// writes what `duluan train topics` and `duluan evaluate topics` read: id, register, topics, text.
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/lines.hpp"

namespace {

using duluan::Error;
using duluan::ErrorCode;
using duluan::Result;

using Texts = std::map<std::string, std::string, std::less<>>;
using Take = std::function<void(std::string id, std::string_view text)>;

std::vector<std::string_view> columns(std::string_view line) {
  std::vector<std::string_view> fields;
  for (std::size_t end = line.find('\t'); end != std::string_view::npos; end = line.find('\t')) {
    fields.push_back(line.substr(0, end));
    line.remove_prefix(end + 1);
  }
  fields.push_back(line);
  return fields;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// VNTC: label, id, text; "ID#3" is the fourth paragraph, counted from 0 between written-out "\n".
void take_paragraphs(std::string_view line, std::size_t, const Take& take) {
  const auto fields = columns(line);
  if (fields.size() < 3) return;
  std::string_view rest = fields[2];
  for (std::size_t number = 0;; ++number) {
    const std::size_t end = rest.find("\\n");
    take(std::string(fields[1]) + '#' + std::to_string(number), trimmed(rest.substr(0, end)));
    if (end == std::string_view::npos) return;
    rest.remove_prefix(end + 2);
  }
}

// DANeS: topics, sentiment, title, description …; "danes-7" is the seventh row under the header.
void take_headline(std::string_view line, std::size_t number, const Take& take) {
  const auto fields = columns(line);
  if (number < 2 || fields.size() < 4) return;
  const std::string text = std::string(fields[2]) + " — " + std::string(fields[3]);
  take("danes-" + std::to_string(number - 1), text);
}

// Readers' comments: id, text.
void take_comment(std::string_view line, std::size_t, const Take& take) {
  const auto fields = columns(line);
  if (fields.size() == 2) take(std::string(fields[0]), fields[1]);
}

struct Corpus {
  const char* labels;  // beside the README
  const char* source;  // in the folder of corpora
  const char* reg;
  void (*take)(std::string_view line, std::size_t number, const Take& take);
};

constexpr Corpus kCorpora[] = {{"vntc.tsv", "raw/vntc10_train.tsv.zst", "news", take_paragraphs},
                               {"vntc_held_out.tsv", "raw/vntc10_train.tsv.zst", "news", take_paragraphs},
                               {"danes.tsv", "topics/danes_annotated.tsv", "news", take_headline},
                               {"comments.tsv", "topics/comments_dev.tsv", "comment", take_comment}};

struct Label {
  std::string id, topics;
};

Result<std::vector<Label>> load_labels(const std::string& path) {
  std::vector<Label> labels;
  auto read = duluan::for_each_line(path, [&](std::string_view line) {
    const auto fields = columns(line);
    if (fields.size() == 2 && fields[0] != "id") labels.push_back({std::string(fields[0]), std::string(fields[1])});
  });
  if (!read) return read.error();
  if (labels.empty()) return Error{ErrorCode::kEmpty, "no labels in it", path, "check the path"};
  return labels;
}

Result<Texts> find_texts(const Corpus& corpus, const std::string& path, const std::vector<Label>& labels) {
  Texts wanted;
  for (const Label& label : labels) wanted[label.id];
  std::size_t number = 0;
  auto read = duluan::for_each_line(path, [&](std::string_view line) {
    corpus.take(line, ++number, [&](std::string_view id, std::string_view text) {
      if (const auto found = wanted.find(id); found != wanted.end()) found->second = text;
    });
  });
  if (!read) return read.error();
  return wanted;
}

Result<std::size_t> join(const Corpus& corpus, const std::string& labels_in, const std::string& data,
                         const std::string& out_path) {
  auto labels = load_labels(labels_in + "/" + corpus.labels);
  if (!labels) return labels.error();
  auto texts = find_texts(corpus, data + "/" + corpus.source, *labels);
  if (!texts) return texts.error();
  std::ofstream out(out_path, std::ios::binary);
  out << "id\tregister\ttopics\ttext\n";
  for (const Label& label : *labels) {
    const std::string& text = (*texts)[label.id];
    if (text.empty())
      return Error{ErrorCode::kMalformed, "no text bears the id \"" + label.id + "\"", data + "/" + corpus.source,
                   "take the version of the corpus that README.md names"};
    out << label.id << '\t' << corpus.reg << '\t' << label.topics << '\t' << text << '\n';
  }
  if (!out.flush()) return Error{ErrorCode::kUnwritable, "cannot write", out_path, "check the folder"};
  return labels->size();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: duluan_labels LABELS_DIR DATA_DIR OUT_DIR\n";
    return 2;
  }
  std::error_code fault;  // of a folder that cannot be made, the first file tells
  std::filesystem::create_directories(argv[3], fault);
  for (const Corpus& corpus : kCorpora) {
    const std::string out = std::string(argv[3]) + "/" + corpus.labels;
    const auto joined = join(corpus, argv[1], argv[2], out);
    if (!joined) {
      std::cerr << "duluan_labels: " << joined.error().message() << '\n';
      return 1;
    }
    std::cout << out << ": " << *joined << " texts\n";
  }
}
