// SPDX-License-Identifier: MIT
// Every page and dialog in English, German and a language that is 40 % longer, left to right and right to left: each
// control has a name, can be reached by keyboard, and shows its whole text at 960x640.
#include "app/desktop/language.h"
#include "app/window/card.h"
#include "app/window/style.h"

#include "tests/app/window/window_scenes.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QApplication>
#include <QButtonGroup>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QScrollArea>
#include <QSet>
#include <QTest>
#include <QTranslator>

#include <algorithm>
#include <memory>

using namespace drover;
using namespace drover::app;
using drover::test::scenes;
using drover::test::windowAt;
using drover::test::windowSize;

namespace {

/// Every text, 40 % longer and with marks above its letters.
class LongTranslator : public QTranslator {
public:
    QString translate(const char*, const char* text, const char*, int) const override
    {
        QString said = QString::fromUtf8(text);
        said.replace(QLatin1Char('a'), QChar(0xe4)).replace(QLatin1Char('U'), QChar(0xdc));
        const auto more = said.size() * 2 / 5;
        constexpr qsizetype wordMax = 24; // longer than nearly every German word
        for (qsizetype left = more; left > 0; left -= wordMax)
            said += QLatin1Char(' ') + QString(std::min(left, wordMax) - 1, QChar(0xf6));
        return said;
    }
    bool isEmpty() const override { return false; }
};

bool isControl(const QWidget& widget)
{
    return qobject_cast<const QAbstractButton*>(&widget) != nullptr
        || qobject_cast<const QLineEdit*>(&widget) != nullptr || qobject_cast<const QComboBox*>(&widget) != nullptr
        || qobject_cast<const QAbstractItemView*>(&widget) != nullptr
        || qobject_cast<const QAbstractSpinBox*>(&widget) != nullptr;
}

/// Parts that a control is made of have no name and no turn of their own.
bool isPart(const QWidget& widget)
{
    for (auto* above = widget.parentWidget(); above != nullptr && !above->isWindow(); above = above->parentWidget()) {
        if (isControl(*above))
            return true;
    }
    return widget.objectName().startsWith(QLatin1String("qt_"));
}

std::vector<QWidget*> shownControls(const QWidget& window)
{
    std::vector<QWidget*> found;
    for (auto* widget : window.findChildren<QWidget*>())
        if (widget->isVisible() && widget->window() == &window && isControl(*widget) && !isPart(*widget))
            found.push_back(widget);
    return found;
}

/// With the nearest name of an object around it, to be found again.
QString described(const QWidget& widget)
{
    const auto* button = qobject_cast<const QAbstractButton*>(&widget);
    const auto* label = qobject_cast<const QLabel*>(&widget);
    const QObject* named = &widget;
    while (named->objectName().isEmpty() && named->parent() != nullptr)
        named = named->parent();
    return QStringLiteral("%1 in %2 \"%3\"")
        .arg(QLatin1String(widget.metaObject()->className()), named->objectName(),
            button      ? button->text()
                : label ? label->text()
                        : widget.accessibleName());
}

/// Names in the tree that screen readers walk: every control in it has one.
void collectNameless(QAccessibleInterface& node, QStringList& nameless)
{
    static const QSet<QAccessible::Role> controls{QAccessible::PushButton, QAccessible::CheckBox,
        QAccessible::RadioButton, QAccessible::ComboBox, QAccessible::EditableText, QAccessible::Slider,
        QAccessible::SpinBox, QAccessible::Table, QAccessible::List, QAccessible::Tree, QAccessible::ButtonMenu,
        QAccessible::ButtonDropDown, QAccessible::Link, QAccessible::ProgressBar};
    if (node.state().invisible)
        return;
    const auto* widget = qobject_cast<QWidget*>(node.object());
    const bool part = widget != nullptr && isPart(*widget);
    if (controls.contains(node.role()) && !part && node.text(QAccessible::Name).trimmed().isEmpty())
        nameless << (widget ? described(*widget) : QString::number(node.role()));
    for (int child = 0; child < node.childCount(); ++child)
        if (auto* below = node.child(child))
            collectNameless(*below, nameless);
}

/// Everything that Tab comes by until it is where it began.
QSet<const QWidget*> reachedByTab(QWidget& window)
{
    QSet<const QWidget*> reached;
    constexpr int stepsMax = 500;
    for (int step = 0; step < stepsMax; ++step) {
        QTest::keyClick(&window, Qt::Key_Tab);
        const auto* focused = window.focusWidget();
        if (focused == nullptr || reached.contains(focused))
            break;
        reached.insert(focused);
    }
    return reached;
}

/// The buttons of a group are one stop of Tab; arrows go on from there.
bool isReached(const QWidget& control, const QSet<const QWidget*>& reached)
{
    if (reached.contains(&control) || (control.focusProxy() && reached.contains(control.focusProxy())))
        return true;
    const auto* button = qobject_cast<const QAbstractButton*>(&control);
    if (button == nullptr || button->group() == nullptr)
        return false;
    const auto others = button->group()->buttons();
    return std::ranges::any_of(others, [&](const auto* other) { return reached.contains(other); });
}

/// How a widget's text is cut off; empty when all of it can be read.
QString cutText(const QWidget& widget, const QWidget& window)
{
    const auto* label = qobject_cast<const QLabel*>(&widget);
    const auto* button = qobject_cast<const QAbstractButton*>(&widget);
    if ((label == nullptr && button == nullptr) || qobject_cast<const ElidedLabel*>(&widget) != nullptr)
        return {};
    if ((label && label->text().isEmpty()) || (button && button->text().isEmpty()))
        return {};
    constexpr int tolerance = 1;
    const bool wraps = label && label->wordWrap();
    const int wanted = wraps ? 0 : widget.sizeHint().width();
    if (widget.width() + tolerance < wanted)
        return QStringLiteral("%1 of %2 wide").arg(widget.width()).arg(wanted);
    const int high = wraps ? label->heightForWidth(label->width()) : widget.sizeHint().height();
    if (widget.height() + tolerance < high)
        return QStringLiteral("%1 of %2 high").arg(widget.height()).arg(high);
    const QRect place(widget.mapTo(&window, QPoint()), widget.size());
    if (place.left() < -tolerance || place.right() > window.width() + tolerance)
        return QStringLiteral("outside the window");
    return {};
}

} // namespace

class AccessTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<LongTranslator> m_long;

    static void addScenes()
    {
        QTest::addColumn<int>("scene");
        QTest::addColumn<QString>("language");
        QTest::addColumn<Qt::LayoutDirection>("direction");
        const auto all = scenes();
        for (const auto* language : {"en", "de", "long"}) {
            for (const auto direction : {Qt::LeftToRight, Qt::RightToLeft}) {
                for (int at = 0; at < static_cast<int>(all.size()); ++at)
                    QTest::addRow("%s, %s%s", all[static_cast<std::size_t>(at)].name, language,
                        direction == Qt::RightToLeft ? ", right to left" : "")
                        << at << QString::fromLatin1(language) << direction;
            }
        }
    }
    std::unique_ptr<QWidget> opened()
    {
        const int scene = *static_cast<int*>(QTest::qData("scene", qMetaTypeId<int>()));
        const QString language = *static_cast<QString*>(QTest::qData("language", qMetaTypeId<QString>()));
        const auto direction =
            *static_cast<Qt::LayoutDirection*>(QTest::qData("direction", qMetaTypeId<Qt::LayoutDirection>()));
        speak(*QCoreApplication::instance(),
            QLocale(language == QLatin1String("de") ? QStringLiteral("de_DE") : QStringLiteral("en_US")));
        m_long.reset();
        if (language == QLatin1String("long")) {
            m_long = std::make_unique<LongTranslator>();
            QCoreApplication::installTranslator(m_long.get());
        }
        QGuiApplication::setLayoutDirection(direction);
        auto widget = scenes()[static_cast<std::size_t>(scene)].open();
        widget->setLayoutDirection(direction);
        widget->show();
        widget->activateWindow();
        QApplication::processEvents();
        return widget;
    }

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ColorScheme::Light); }
    void cleanup()
    {
        m_long.reset();
        QGuiApplication::setLayoutDirection(Qt::LeftToRight);
    }

    void namesEveryControl_data() { addScenes(); }
    void namesEveryControl()
    {
        const auto widget = opened();
        QStringList nameless;
        collectNameless(*QAccessible::queryAccessibleInterface(widget.get()), nameless);
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QLatin1String("; "))));
    }

    void reachesEveryControlByTab_data() { addScenes(); }
    void reachesEveryControlByTab()
    {
        const auto widget = opened();
        QVERIFY(QTest::qWaitForWindowActive(widget.get()));
        const auto reached = reachedByTab(*widget);
        for (const auto* control : shownControls(*widget))
            QVERIFY2(!control->isEnabled() || isReached(*control, reached), qPrintable(described(*control)));
    }

    void cutsNoTextOff_data() { addScenes(); }
    void cutsNoTextOff()
    {
        const auto widget = opened();
        QVERIFY2(widget->width() <= windowSize.width() && widget->height() <= windowSize.height(),
            qPrintable(QStringLiteral("%1x%2").arg(widget->width()).arg(widget->height())));
        for (const auto* part : widget->findChildren<QWidget*>()) {
            if (!part->isVisible() || part->window() != widget.get())
                continue;
            const QString how = cutText(*part, *widget);
            QVERIFY2(how.isEmpty(), qPrintable(described(*part) + QStringLiteral(": ") + how));
        }
    }
    void putsTheSidebarWhereReadingBegins()
    {
        for (const auto direction : {Qt::LeftToRight, Qt::RightToLeft}) {
            QGuiApplication::setLayoutDirection(direction);
            const auto window = windowAt(PageId::Now, test::exampleSnapshot());
            window->setLayoutDirection(direction);
            window->show();
            QApplication::processEvents();
            const auto* sidebar = window->findChild<QWidget*>(QStringLiteral("sidebar"));
            QCOMPARE(sidebar->mapTo(window.get(), QPoint()).x() > 0, direction == Qt::RightToLeft);
        }
    }
};

QTEST_MAIN(AccessTest)
#include "access_test.moc"
