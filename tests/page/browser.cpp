#include "browser.hpp"

#include <httplib.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

using nlohmann::json;

namespace {

// Full path of a program, empty if there is none.
std::string found_on_path(const std::string& program) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "" : path);
  for (std::string folder; std::getline(folders, folder, ':');)
    if (const std::string full = folder + "/" + program; ::access(full.c_str(), X_OK) == 0) return full;
  return "";
}

std::string browser_program() {
  for (const char* name : {"chromium", "google-chrome", "chromium-browser"})
    if (std::string full = found_on_path(name); !full.empty()) return full;
  return "";
}

std::string from_base64(const std::string& text) {
  std::string out;
  unsigned bits = 0, held = 0;
  for (const char c : text) {
    const int value = c >= 'A' && c <= 'Z'   ? c - 'A'
                      : c >= 'a' && c <= 'z' ? c - 'a' + 26
                      : c >= '0' && c <= '9' ? c - '0' + 52
                      : c == '+'             ? 62
                      : c == '/'             ? 63
                                             : -1;
    if (value < 0) continue;
    bits = (bits << 6) | static_cast<unsigned>(value);
    if ((held += 6) < 8) continue;
    held -= 8;
    out += static_cast<char>((bits >> held) & 0xFF);
  }
  return out;
}

// chromedriver on a free port; it ends with this process.
class Driver {
 public:
  Driver() {
    std::array<int, 2> pipe{};
    if (::pipe(pipe.data()) != 0) throw std::runtime_error("no pipe for chromedriver");
    const pid_t parent = ::getpid();
    pid_ = ::fork();
    if (pid_ == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGTERM);
      if (::getppid() != parent) ::_exit(1);
      ::dup2(pipe[1], STDOUT_FILENO);
      ::close(pipe[0]);
      ::execlp("chromedriver", "chromedriver", "--port=0", "--log-level=SEVERE", nullptr);
      ::_exit(127);
    }
    ::close(pipe[1]);
    out_ = ::fdopen(pipe[0], "r");
    std::array<char, 512> line{};
    while (port_ == 0 && std::fgets(line.data(), line.size(), out_) != nullptr) {
      const std::string said = line.data();
      if (const std::size_t at = said.find("successfully on port "); at != std::string::npos)
        port_ = std::atoi(said.c_str() + at + 21);
    }
    if (port_ == 0) {
      stop();
      throw std::runtime_error("chromedriver does not start");
    }
  }
  ~Driver() { stop(); }
  Driver(const Driver&) = delete;
  Driver& operator=(const Driver&) = delete;
  [[nodiscard]] int port() const { return port_; }

 private:
  void stop() {
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
    std::fclose(out_);
  }
  pid_t pid_ = -1;
  int port_ = 0;
  FILE* out_ = nullptr;
};

}  // namespace

struct Browser::Session {
  Driver driver;
  httplib::Client http{"127.0.0.1", driver.port()};
  std::filesystem::path profile;
  std::string path;  // "/session/ID"

  // One command of the protocol; its value.
  json command(const std::string& where, const json& body = json::object()) {
    return value(http.Post(where, body.dump(), "application/json"), where);
  }
  json ask(const std::string& where) { return value(http.Get(where), where); }
  json devtools(const std::string& name, const json& parameters) {
    return command(path + "/goog/cdp/execute", {{"cmd", name}, {"params", parameters}});
  }
  json log(const char* kind) { return command(path + "/se/log", {{"type", kind}}); }

  static json value(const httplib::Result& answer, const std::string& where) {
    if (!answer) throw std::runtime_error("chromedriver does not answer to " + where);
    json got = json::parse(answer->body);
    if (answer->status != 200) throw std::runtime_error(where + ": " + got["value"].value("message", "refused"));
    return got["value"];
  }
};

std::string Browser::missing() {
  if (browser_program().empty()) return "no chromium on the PATH (apt-get install chromium chromium-driver)";
  if (found_on_path("chromedriver").empty()) return "no chromedriver on the PATH (apt-get install chromium-driver)";
  return "";
}

Browser& Browser::shared() {
  static Browser browser;
  return browser;
}

Browser::Browser() : session_(std::make_unique<Session>()) {
  session_->http.set_read_timeout(60);
  std::string profile = (std::filesystem::temp_directory_path() / "duluan-page-XXXXXX").string();
  if (::mkdtemp(profile.data()) == nullptr) throw std::runtime_error("no folder for the browser's profile");
  session_->profile = profile;
  const json arguments = {"--headless",
                          "--no-sandbox",
                          "--disable-gpu",
                          "--disable-quic",
                          "--no-first-run",
                          "--disable-background-networking",
                          "--disable-component-update",
                          "--disable-sync",
                          "--user-data-dir=" + profile};
  const json wanted = {{"browserName", "chrome"},
                       {"goog:loggingPrefs", {{"browser", "ALL"}, {"performance", "ALL"}}},
                       {"goog:chromeOptions", {{"binary", browser_program()}, {"args", arguments}}}};
  const json session = session_->command("/session", {{"capabilities", {{"alwaysMatch", wanted}}}});
  session_->path = "/session/" + session["sessionId"].get<std::string>();
}

Browser::~Browser() {
  session_->http.Delete(session_->path);
  std::error_code ignored;
  std::filesystem::remove_all(session_->profile, ignored);
}

void Browser::size(int width, int height) {
  session_->devtools("Emulation.setDeviceMetricsOverride",
                     {{"width", width}, {"height", height}, {"deviceScaleFactor", 1}, {"mobile", width < 500}});
}

void Browser::media(const std::string& media, const std::string& scheme) {
  session_->devtools("Emulation.setEmulatedMedia",
                     {{"media", media}, {"features", {{{"name", "prefers-color-scheme"}, {"value", scheme}}}}});
}

void Browser::open(const std::string& file) {
  console(), requests();
  session_->command(session_->path + "/url", {{"url", "file://" + file}});
}

std::string Browser::script(const std::string& body) {
  const json got = session_->command(session_->path + "/execute/sync", {{"script", body}, {"args", json::array()}});
  return got.is_string() ? got.get<std::string>() : got.dump();
}

void Browser::press(const std::string& key) {
  const json keys = {{{"type", "keyDown"}, {"value", key}}, {{"type", "keyUp"}, {"value", key}}};
  session_->command(session_->path + "/actions",
                    {{"actions", {{{"type", "key"}, {"id", "keyboard"}, {"actions", keys}}}}});
}

std::vector<std::string> Browser::accessible(const std::string& selector) {
  std::vector<std::string> all;
  const json elements =
      session_->command(session_->path + "/elements", {{"using", "css selector"}, {"value", selector}});
  for (const json& element : elements) {
    const std::string at = session_->path + "/element/" + element.begin().value().get<std::string>();
    all.push_back(session_->ask(at + "/computedrole").get<std::string>() + ": " +
                  session_->ask(at + "/computedlabel").get<std::string>());
  }
  return all;
}

std::string Browser::print() {
  const json page = session_->devtools("Page.printToPDF", {{"printBackground", true}, {"preferCSSPageSize", true}});
  return from_base64(page["data"].get<std::string>());
}

std::vector<std::string> Browser::console() {
  std::vector<std::string> all;
  for (const json& entry : session_->log("browser")) all.push_back(entry["message"]);
  return all;
}

std::vector<std::string> Browser::requests() {
  std::vector<std::string> all;
  for (const json& entry : session_->log("performance")) {
    const json message = json::parse(entry["message"].get<std::string>())["message"];
    if (message["method"] == "Network.requestWillBeSent") all.push_back(message["params"]["request"]["url"]);
  }
  return all;
}
