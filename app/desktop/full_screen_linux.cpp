// SPDX-License-Identifier: MIT
#include "app/desktop/full_screen_linux.h"

#include <QLibrary>

#include <xcb/xcb.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <vector>

namespace drover::app {

namespace {

constexpr int readsBetweenTries = 30;
constexpr std::uint32_t wordsMax = 1024; ///< of a property, in units of four bytes

template <class Reply> using Owned = std::unique_ptr<Reply, decltype(&std::free)>;

} // namespace

/// A connection of our own: the GUI's belongs to its thread.
struct FullScreenWatch::Display {
    QLibrary library{QStringLiteral("xcb"), 1};
    decltype(&xcb_connect) connect = nullptr;
    decltype(&xcb_disconnect) disconnect = nullptr;
    decltype(&xcb_connection_has_error) hasError = nullptr;
    decltype(&xcb_get_setup) setup = nullptr;
    decltype(&xcb_setup_roots_iterator) roots = nullptr;
    decltype(&xcb_intern_atom) internAtom = nullptr;
    decltype(&xcb_intern_atom_reply) internAtomReply = nullptr;
    decltype(&xcb_get_property) getProperty = nullptr;
    decltype(&xcb_get_property_reply) getPropertyReply = nullptr;
    decltype(&xcb_get_property_value) value = nullptr;
    decltype(&xcb_get_property_value_length) valueLength = nullptr;

    xcb_connection_t* connection = nullptr;
    xcb_window_t root = XCB_NONE;
    xcb_atom_t activeWindow = XCB_NONE;
    xcb_atom_t state = XCB_NONE;
    xcb_atom_t fullScreen = XCB_NONE;

    Display() = default;
    ~Display()
    {
        if (connection)
            disconnect(connection);
    }
    Display(const Display&) = delete;
    Display& operator=(const Display&) = delete;

    bool open();
    bool works() const { return connection && hasError(connection) == 0; }
    std::vector<std::uint32_t> numbers(xcb_window_t window, xcb_atom_t property) const;
    std::string text(xcb_window_t window, xcb_atom_t property) const;

private:
    template <class Function> bool load(Function& function, const char* name)
    {
        function = reinterpret_cast<Function>(library.resolve(name));
        return function != nullptr;
    }
    bool loadAll();
    xcb_atom_t atom(std::string_view name) const;
    Owned<xcb_get_property_reply_t> property(xcb_window_t window, xcb_atom_t name) const;
};

bool FullScreenWatch::Display::loadAll()
{
    return load(connect, "xcb_connect") && load(disconnect, "xcb_disconnect")
        && load(hasError, "xcb_connection_has_error") && load(setup, "xcb_get_setup")
        && load(roots, "xcb_setup_roots_iterator") && load(internAtom, "xcb_intern_atom")
        && load(internAtomReply, "xcb_intern_atom_reply") && load(getProperty, "xcb_get_property")
        && load(getPropertyReply, "xcb_get_property_reply") && load(value, "xcb_get_property_value")
        && load(valueLength, "xcb_get_property_value_length");
}

bool FullScreenWatch::Display::open()
{
    if (!loadAll())
        return false;
    int screen = 0;
    connection = connect(nullptr, &screen);
    if (!works())
        return false;
    root = roots(setup(connection)).data->root;
    activeWindow = atom("_NET_ACTIVE_WINDOW");
    state = atom("_NET_WM_STATE");
    fullScreen = atom("_NET_WM_STATE_FULLSCREEN");
    return activeWindow != XCB_NONE && state != XCB_NONE && fullScreen != XCB_NONE;
}

xcb_atom_t FullScreenWatch::Display::atom(std::string_view name) const
{
    const auto asked = internAtom(connection, 0, static_cast<std::uint16_t>(name.size()), name.data());
    const Owned<xcb_intern_atom_reply_t> reply(internAtomReply(connection, asked, nullptr), &std::free);
    return reply ? reply->atom : XCB_NONE;
}

Owned<xcb_get_property_reply_t> FullScreenWatch::Display::property(xcb_window_t window, xcb_atom_t name) const
{
    const auto asked = getProperty(connection, 0, window, name, XCB_GET_PROPERTY_TYPE_ANY, 0, wordsMax);
    return {getPropertyReply(connection, asked, nullptr), &std::free}; // a window that is gone is no reply
}

std::vector<std::uint32_t> FullScreenWatch::Display::numbers(xcb_window_t window, xcb_atom_t name) const
{
    const auto reply = property(window, name);
    if (!reply || reply->format != 32)
        return {};
    std::vector<std::uint32_t> all(static_cast<std::size_t>(valueLength(reply.get())) / sizeof(std::uint32_t));
    if (!all.empty())
        std::memcpy(all.data(), value(reply.get()), all.size() * sizeof(std::uint32_t));
    return all;
}

std::string FullScreenWatch::Display::text(xcb_window_t window, xcb_atom_t name) const
{
    const auto reply = property(window, name);
    if (!reply || reply->format != 8)
        return {};
    return {static_cast<const char*>(value(reply.get())), static_cast<std::size_t>(valueLength(reply.get()))};
}

FullScreenWatch::FullScreenWatch() = default;

FullScreenWatch::~FullScreenWatch() = default;

std::optional<std::string> FullScreenWatch::app()
{
    if (qEnvironmentVariableIsEmpty("DISPLAY"))
        return {};
    if (m_display && !m_display->works())
        m_display.reset();
    if (!m_display) {
        if (m_readsUntilTry-- > 0)
            return {};
        m_readsUntilTry = readsBetweenTries;
        auto display = std::make_unique<Display>();
        if (!display->open())
            return {};
        m_display = std::move(display);
    }
    const auto active = m_display->numbers(m_display->root, m_display->activeWindow);
    const bool tellsAll = qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
    const std::optional<std::string> none = tellsAll ? std::optional(std::string()) : std::nullopt;
    if (active.empty() && tellsAll)
        return {}; // no window manager that tells it
    if (active.empty() || active.front() == XCB_NONE)
        return none;
    const auto states = m_display->numbers(active.front(), m_display->state);
    if (std::find(states.begin(), states.end(), m_display->fullScreen) == states.end())
        return none;
    // Two texts, each with a zero behind it: the instance and the class.
    const std::string names = m_display->text(active.front(), XCB_ATOM_WM_CLASS);
    const std::size_t middle = names.find('\0');
    std::string name = middle == names.npos ? names : names.substr(middle + 1);
    name = name.substr(0, name.find('\0'));
    return name.empty() ? "an app" : name;
}

} // namespace drover::app
