"""Words that do not identify a party: trades, company forms, places, and given names.

They are common words of the trade and of geography, compiled for this purpose. A word missing here counts as
distinctive, so that a name is questioned once too often rather than once too seldom.
"""

from __future__ import annotations

_TRADES = """
a accessories acoustics actuation actuators additive administration advanced advisors advisory aero aeronautic
aeronautica aeronautical aeronautics aeronautique aerospace agency agricultural agriculture air airborne aircraft
airlines airways al alliance alloy alloys alpha aluminium aluminum america american analysis analytic analytics and
anlagenbau antriebe antriebstechnik apex apparatus appliance appliances application applications applied architecture
arms army arsenal art asia asian asset associates association atlantic atlas atomic audio auto automation automobile
automotive autonomous autonomy aviation avionics bank basic batteries battery bearing bearings bergbau best beta
beteiligungen better beyond big bio biotech blue board boat boats brake brakes broadcasting bros brothers building
buildings bureau business bv by cable cables camera capital car care cars casting castings center central centre
ceramic ceramics certified chemical chemicals chemie city clean clear climate cloud club co coastal coating coatings
coil coils college combat command commerce commercial commission committee commodities communication communications
components composite composites compressor computer computers computing concept concepts connect connectors
construction consultancy consultants consulting consumer continental contract contracting control controls cooperative
core corporate council craft creative critical crown custom cyber cybernetics da dairy das data de defence defense del
delta dental department depot der des design designs detection development developments device devices di diagnostics
die dienst dienstleistung digital direct directorate display distribution distributors division do dos dragon dredging
drive drives drone drones du dynamic dynamics e eagle earth earths eastern eco economic edge education efficient el
electric electrical electricity electro electromechanical electronic electronica electronics elektrik elektro
elektronik elektrotechnik element elements elevator elite embedded energy engine engineered engineering engineers
engines enterprise enterprises entertainment entwicklung environment environmental equipment equity et etablissements
ets europe european evolution exchange executive experience expert experts explosives export exports express extrusion
fabrication facility factory falcon fashion fastener fasteners federal federation fiber fibre field films filter
filtration finance financial fine fire first fisheries flight flow fluid food foods for force forces foreign forest
forge forging forschung fortune forum foundation foundries foundry freight frontier fuel fund furniture fusion future
galvanic games gamma gas gear gearmotors gears general generation generator generators geo geraetebau gerate glass
global globe gmbh gold golden government grade graphite great green grid ground group groupe gruppe guard guidance
guided hanbai handel handels happy hardware harmony health healthcare heat heavy helicopter helicopters heritage high
hitech holding holdings home horizon house hub hydraulic hydraulics hydro ideal im image imaging immobilien impex
import imports in industria industrial industriale industrie industriel industries industry informatics information
infrastructure ingenieria inland innovation innovations innovative installation institut institute instrument
instrumentation instruments insulation insurance integrated integration integrity intelligence intelligent inter
interactive interior internacional international internazionale intl invest investment investments iron isotope jet
jets job joint junior kaihatsu kaisha kikai kinzoku kogaku kogyo koki koryo kougyou kunststofftechnik la lab labor
laboratories laboratory labs lamination land laser lasers le leader leading leasing leather legal les liberty life
lift light lighting limited line linear lines link lion liquid lithium living logistic logistics logistik low
lubricants lucky machine machined machinery machines machining magnet magnete magneti magnetic magnetics magnetik
magnetique magnets main maintenance makers makina manage management manufacturer manufacturers manufacturing marine
maritime mark market marketing markets maschinen maschinenbau master material materials measurement mecanique
meccanica mechanical mechanics mechatronic mechatronics media medical medicine medizintechnik memory metal metall
metallurgical metallurgy metals meteorology metering micro microelectronics micron microsystems microwave military
mill mills mine mineral minerals mining ministry missile missiles mission mobil mobile mobility model modern modular
mold molding moteur moteurs motion motor motore motoren motori motors mould moulding mountain multi munitions music
nano nation national natural naval navigation navy network networks new next nippon north northeast northern northwest
nova nuclear number numeric ocean oceanic oceanography of off office official officine offshore oil omega on one
online open operating operation operations optic optical optics optik optimal optoelectronics optronics ordnance
organic organization orient oriental original orion outdoor overseas pacific packaging paint panel paper park part
partner partners partnership parts patriot patrol payload performance permanent personal petroleum pharma
pharmaceutical pharmaceuticals phoenix photonics physical physics pigments pioneer pipe planning plant plants plastic
plastics plating plus polar polymer polymers port portfolio powder power powertrain practical precision premier
premium press pressure prima prime print printing private pro procurement product production productions products
professional professionals program programs progress project projects propellants propulsion protection protective
provider public publishing pump pumps purchasing pure quality quantum racing radar radio rail railway railways rapid
rare raw reactor real recovery recycling red refining refractory refrigeration regional relay reliable remote
renewable renewables repair research reserve resource resources retail rf robot robotic robotics robots rocket rockets
rotor royal rubber rural safe safety sales satellite school science sciences scientific sea seal sealing seals search
second sector secure security seiko seimitsu seisakujo seisakusho selective semiconductor semiconductors senior sense
sensing sensor sensors service services servo shanghai sheet shine shipbuilding shipping ships shipyard shipyards
shoji shop shoten sigma signal silicon silver simulation sintered sistemas sistemi sky skyline small smart society
soft software solar solution solutions son sonar sonic sons sound source sourcing south southeast southern southwest
space spacecraft spaces special specialist specialists specialties specialty spectrum speed spezial sports spring
springs stahl stamping standard star starter state stations steel steels stock storage store strategic strategy
structural structures studio studios submarine summit sun sunrise super superior supplies supply support surface
surgical surveillance sustainable switch synthetic system systeme systemes systems tactical tank team tec tech technic
technical technics technik technique techniques technologia technologie technologies technology tecnica tecnologia tek
tekhnika tele telecom telecommunication telecommunications telematics temperature terminal test testing tex textile
textiles the theater therapeutics thermal thin third tiger tire titan to tokki tool tooling tools top torque total
touch tower toys trade trader traders trading traffic training transfer transformer transformers transit transmission
transport transportation travel treatment trust tsusho turbine turbines ultra und undersea underwater union united
unity universal universe university unlimited unmanned upgrade uranium urban usa used utilities utility vacuum value
valve valves van vehicle vehicles vending venture ventures vertrieb verwaltung vessel vessels victory video virtual
vision visual vital von warehouse warehousing waste watch water wave ways weapon weapons web weld welding wellness
welt werk werke werkzeugbau west western wheel wheels white wholesale wind winding wire wireless wires with wood work
works workshop world worldwide y yards young zenith zero zinc zone zu
"""
_PLACES = """
africa angeles argentina arizona asia australia australian austria baltic baoding baotou barcelona bavaria beijing
belgian belgium berlin boston brazil britain british bulgaria calgary california cambridge canada canadian carolina
changchun changsha changzhou chengdu chicago chile china chinese chongqing colorado columbia connecticut croatia czech
dakota dalian dallas danish detroit deutsche deutschen deutschland diego dongguan dongyang dubai dutch egypt england
espana estonia eu eurasia euro finland florida foshan francaise france francisco fujian fukuoka ganzhou georgia german
germany greece guangdong guangxi guangzhou guizhou hainan hamburg hangzhou harbin hebei hefei henan holland hong
hongkong houston hubei hudson hunan hungary illinois india indian indiana indonesia inner iowa ireland irish israel
israeli istanbul italia italian italiana italy japan japanese jersey jiangsu jiangxi jinan jose kansai kansas kanto
kobe kong korea korean kunming kyoto kyushu lanzhou lisbon london los louis louisiana macao macau madrid malaysia
manchester maryland massachusetts melbourne mexico miami mianyang michigan milan milano minnesota missouri mongolia
montana montreal munich nagoya nanjing nantes nantong netherlands nevada ningbo nordic norway norwegian ohio ontario
oregon osaka oxford panzhihua paris penang pennsylvania philippines poland polish polska portugal prc qingdao quebec
rhein roma romania russia saint san saudi scandinavia scotland seattle seoul serbia shaanxi shandong shanxi shenyang
shenzhen shijiazhuang sichuan singapore slovakia slovenia spain st suzhou sweden swedish swiss switzerland sydney
taipei taiwan taiyuan tennessee texas thai thailand tianjin tohoku tokyo toronto turkey turkiye uae uk ukraine us utah
vancouver vietnam virginia wales warsaw warszawa washington wenzhou wisconsin wuhan wuxi xiamen xian yantai yokohama
york yunnan zealand zhejiang zhengzhou zhuhai
"""
_GIVEN_NAMES = """
adam alan albert alex alexander alexei alfred ali alice andre andrea andreas andrei andrew angela anna anne anthony
antonio arthur barbara ben benjamin bernard bill bob brad brian bruce carl carlos carol caroline catherine charles
chris christian christine christopher claire clara claude craig cynthia daniel david dean deborah dennis diana diane
dmitri donald doug douglas ed eddie edward eli elizabeth ellen emily emma eric erik ernest eugene eva evan felix
francis francisco frank franz fred frederick gabriel gary gene george gerald gerard giovanni giuseppe gordon greg
gregory guy hans harold harry heinrich heinz helen henri henry herbert howard hugh igor ivan jack jacob jacques jake
james jan jane janet jason jay jean jeff jeffrey jennifer jeremy jerry jessica jim joan joe johann johannes john
johnny jon jonathan jordan jorge jose josef joseph joshua juan juergen julia julian julie justin karen karl katherine
keith kelly ken kenneth kevin kim klaus kurt kyle larry laura lawrence lee leo leon leonard lewis linda lisa louis
lucas lucy luis luke manuel marc marco marcus margaret maria marie mario mark martha martin marvin mary matt matthew
maurice max melissa michael michel michelle miguel mike miles mohamed mohammed muhammad nancy nathan neil nicholas
nick nicole oliver oscar otto pamela patricia patrick paul pedro peter phil philip philippe pierre rachel ralph ray
raymond rebecca rene richard rick rob robert roberto robin rod roger roland ron ronald ross roy russell ruth ryan sam
samuel sandra sara sarah scott sean sebastian sergei sharon simon sofia sophie stefan stephan stephanie stephen steve
steven stuart susan ted teresa theodore thomas tim timothy todd tom tony vera victor victoria vincent vladimir walter
wayne werner wilhelm will william wolfgang
"""
# Names shared by many unrelated companies, or by groups of hundreds of companies.
_SHARED = """
asahi avic becker bosch brown chen dai daiichi davis evergreen fischer formosa fuji fujitsu hanwha hitachi hoffmann
huang hyundai ito johnson jones kato kawasaki kobayashi kyowa lg li lin liu meiji meyer miller mitsubishi mitsui
mueller nakamura nec nichi nihon nippon norinco philips samsung sato schmidt schneider showa siemens sierra sinopec
smith sumitomo suzuki taiyo tanaka tata thyssenkrupp toshiba wagner wang weber williams wu yamada yamamoto zhang zhao
zhou
"""
_SIGNS = """
一般 上海 专业 世界 业务 东京 东方 东莞 东部 东阳 中华 中国 中央 中心 中部 事业 事务所 云南 互联
亚洲 产业 产业机械 产品 产机 京都 人工智能 仓储 代表处 仪器 仪表 企业 传媒 传感 传感器 佛山 作战
供应 供应链 俄罗斯 保安 信息 信息技术 先进 光学 光电 全球 公司 公路 兴业 内蒙古 军事 军工 军械 冶金
分公司 分析 创新 制作 制作所 制品 制药 制造 办事处 加工 加拿大 动力 动能 包头 化学 化工 北京 北方
北美 北部 区 医疗 医药 半导体 华东 华中 华北 华南 华西 协会 南京 南方 南通 南部 卫星 印度 厂 原子
原子能 厦门 县 发动机 台湾 合作 合肥 合金 吉林 名古屋 咨询 哈尔滨 商业 商事 商会 商店 商社 商行
商贸 器材 四川 国 国家 国立 国营 国防 国际 图书馆 地面 培训 基金 基金会 塑料 复合材料 外贸 大 大型
大学 大西洋 大连 大阪 天津 太原 太原市 太平洋 太空 委员会 子公司 学校 学院 宁波 宇宙 宇航 安保 安全
安徽 安防 定位 实业 实验室 导弹 导航 小 小型 局 山东 山西 工业 工业园 工厂 工机 工業 工程 市 常州
广东 广告 广州 广西 应用 店 建材 建筑 建设 开发 弹药 微型 德国 快速 总公司 总部 情报 意大利 成都
战术 房地产 所 技术 技研 投资 控制 控股 攀枝花 教育 数字 数据 文化 新 新材料 新能源 方案 旅游
无人机 无锡 日本 昆明 智库 智慧 智能 有色金属 有限 有限会社 服务 服务公司 服装 未来 机器人 机场 机床
机械 机电 材料 杭州 株式会社 核 核电 核能 检测 模具 横滨 橡胶 欧洲 武器 武汉 民 水下 永磁 江苏
江西 汽车 汽配 沈阳 河北 河南 法国 测控 测试 测量 济南 浙江 海上 海事 海南 海洋 海运 深圳 清洁
温州 港口 湖北 湖南 激光 火箭 烟台 物流 特机 特殊 特种 特钢 环保 环境 环球 现代 玻璃 珠海 瑞典
生产 生物 産業 用品 电信 电力 电动 电器 电子 电机 电气 电池 电源 电磁 电缆 直升机 省 石油 矿业
矿产 矿物 码头 研究 研究中心 研究所 研究院 硬件 磁业 磁体 磁性 磁材 磁电 磁铁 神户 福州 福建 科学院
科技 稀土 空中 空间 第一 第三 第二 管理 精密 精工 系统 红外 纤维 纺织 经济 经贸 统一 维修 维护
绵阳 综合 网络 美国 美洲 联合 联盟 联邦 股份 能源 自主 自动 自动化 航天 航空 航运 船厂 船舶 芯片
苏州 英国 营销 装备 装置 製作所 西安 西方 西部 解决方案 计算机 论坛 设备 设计 货运 贵州 贸易 资产
资本 赣州 车辆 软件 轻工 辽宁 运用 运营 运输 进出口 通信 通信技术 通用 通讯 造船 遥感 郑州 部 部件
配件 酒店 重工 重工业 重庆 重机 金属 金融 钢铁 铁路 铁道 铝业 销售 长春 长沙 防务 防卫 陆地 陕西
院 陶瓷 集团 零件 零部件 雷达 青岛 韩国 顾问 风险投资 飞机 飞行 食品 香港 高性能 高新 高科技 高等
高级 高速 黑龙江
"""
PLACES: frozenset[str] = frozenset(_PLACES.split())
COMMON: frozenset[str] = frozenset(_TRADES.split()) | PLACES
GIVEN_NAMES: frozenset[str] = frozenset(_GIVEN_NAMES.split())
SHARED: frozenset[str] = frozenset(_SHARED.split())
SIGNS: frozenset[str] = frozenset(_SIGNS.split())
# Places of two words that are names of firms as well.
PLACE_NAMES: frozenset[str] = frozenset({"sierranevada", "losalamos", "greatlakes", "rockymountain", "blueridge"})
